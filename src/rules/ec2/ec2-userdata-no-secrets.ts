import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { plainSecret } from '../shared/plain-secrets';
import { assignedSecret, filledSecrets } from '../shared/secret-assignments';

const EXPECTED = 'the name of a secret that the instance reads when it starts';
const PLACES: Readonly<Record<string, string>> = {
  'AWS::EC2::Instance': 'UserData',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.UserData',
  'AWS::AutoScaling::LaunchConfiguration': 'UserData',
};
const host = (script: Json) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', UserData: { 'Fn::Base64': script } } },
});

export default defineRule({
  id: 'EC2.60',
  slug: 'ec2-userdata-no-secrets',
  title: 'Start-up scripts of servers hold no secrets',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: Object.keys(PLACES),
  applies: (resource) => !resource.at(PLACES[resource.type]).isAbsent,
  rationale: 'Every program on the server can read its user data, and so can everyone who may describe the instance.',
  remediation:
    'Let the script read the secret, as `aws secretsmanager get-secret-value` does, give the `role` of the instance `secret.grantRead`, and change what was shown.',
  references: [
    'checkov CKV_AWS_46',
    'Prowler ec2_instance_secrets_user_data',
    'ElectricEye Secrets.EC2.1',
    'NIST 800-53 IA-5(7)',
  ],
  check: (resource) => {
    const data = resource.at(PLACES[resource.type]);
    const known = plainSecret('the user data', decoded(data));
    return known.length > 0 ? known : assigned(data);
  },
  examples: {
    pass: {
      'the script has no secret': host('#!/bin/bash\nexport STAGE=production\nyum install -y nginx\n# token: see the manual\n'),
      'the script reads the secret': host('DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db)\n'),
      'the script names the secret': host('DB_SECRET=arn:aws:secretsmanager:eu-west-1:111122223333:secret:db\n'),
    },
    fail: {
      'the script sets a password': host('#!/bin/bash\nexport DB_PASSWORD="correct-horse"\n'),
      'the script passes a password': host('./setup --admin-password=correct-horse --port=80\n'),
      'the configuration has a token': host('#cloud-config\napi_token: correct-horse\n'),
      'the script has an access key': host({
        'Fn::Join': ['\n', ['aws configure', 'AKIAIOSFODNN7EXAMPLE', { Ref: 'AWS::Region' }]],
      }),
      'the script is filled with a secret': host({ 'Fn::Sub': './join {{resolve:secretsmanager:join:SecretString:key}}' }),
      'the script of a launch template sets a password, encoded': {
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { UserData: 'ZXhwb3J0IERCX1BBU1NXT1JEPWNvcnJlY3QtaG9yc2UK' } },
        },
      },
    },
    undetermined: {
      'the password is a parameter': withParameter('Password', host({ 'Fn::Sub': 'export DB_PASSWORD=${Password}\n' })),
    },
  },
});

function assigned(data: Value): Observation[] {
  const script = decoded(data);
  const { resource, path } = data;
  const name = assignedSecret(script.text);
  if (name !== undefined)
    return [{ kind: 'fail', resource, path, problem: `the user data sets ${name}`, found: 'a secret', expected: EXPECTED }];
  if (!data.isUnknown) return [];
  const { template } = resource.entry;
  const filled = filledSecrets(script.text).find(([, filler]) => template.section('Parameters', filler) !== undefined);
  return filled ? [data.undetermined(EXPECTED, `it sets ${filled[0]} to a parameter`)] : [];
}

const BASE64 = /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/;

/** What is written in Base64 already; what CloudFormation encodes is plain here. */
function decoded(data: Value): Value {
  const { string } = data;
  return string !== undefined && BASE64.test(string) ? data.reread(Buffer.from(string, 'base64').toString('utf8')) : data;
}
