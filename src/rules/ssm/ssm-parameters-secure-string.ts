import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { plainSecret } from '../shared/plain-secrets';
import { isSecretText } from '../shared/secret-formats';

const parameter = (Name: Json, Value: Json, Type = 'String') => ({
  Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type, Value } },
});

/** The hash that CDK ends a logical id with. */
const HASH = /[0-9A-F]{8}$/;

/** What the parameter is called; a parameter that CloudFormation names is called after its logical id. */
function nameOf(parameter: Resource): string {
  const name = parameter.at('Name');
  return name.isAbsent ? parameter.logicalId.replace(HASH, '') : name.text;
}

export default defineRule({
  id: 'SSM.2',
  slug: 'ssm-parameters-secure-string',
  title: 'Parameters that anyone can read hold no secrets',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: ['AWS::SSM::Parameter'],
  rationale:
    'A parameter of CloudFormation is plain text: it is in the template, in every change set, and in the hands of whoever may read parameters.',
  remediation:
    'Create a `secretsmanager.Secret`, or a SecureString outside of CloudFormation, which cannot make one, and read it with `ssm.StringParameter.fromSecureStringParameterAttributes`. A parameter may hold the ARN of a secret.',
  references: ['AuditKit CC2.1', 'Checkov CKV_AWS_384', 'NIST 800-53 IA-5(7)', 'NIST 800-53 SC-28'],
  check: (parameter) => {
    const value = parameter.at('Value');
    const name = nameOf(parameter);
    const findings = plainSecret(name, value);
    const isDecided = !name.endsWith('}') || value.mentions().length > 0 || !isSecretText(value.text);
    if (findings.length > 0 || isDecided) return findings;
    return [parameter.at('Name').undetermined('a name that tells whether this is a secret')];
  },
  examples: {
    pass: {
      'the parameter is no secret': parameter('/orders/table', 'orders'),
      'the parameter says where a secret is': parameter(
        '/orders/db/password-arn',
        'arn:aws:secretsmanager:eu-west-1:1:secret:db',
      ),
      'the value is the ARN of a secret': {
        ...parameter('/orders/db/secret', { Ref: 'Secret' }),
        Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
      },
      'the name differs by stage and the value is the name of a table': {
        Parameters: { Stage: { Type: 'String' } },
        Resources: {
          ...parameter({ 'Fn::Sub': '/orders/${Stage}' }, { Ref: 'Table' }),
          Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
        },
      },
      'the parameter is about tokens': parameter('/orders/token-url', 'https://example.com/token'),
    },
    fail: {
      'a password is in plain text': parameter('/orders/db/password', 'correct-horse'),
      'a key of an interface is in a list': parameter('partner-api-key', 'a1b2c3d4,e5f6', 'StringList'),
      'a secret is copied out of its vault': parameter(
        '/orders/database',
        '{{resolve:secretsmanager:orders:SecretString:password}}',
      ),
      'the value is a private key': parameter('/orders/signing', '-----BEGIN RSA PRIVATE KEY-----\nabc'),
      'the parameter is named by CloudFormation': {
        DatabasePassword1A2B3C4D: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'correct-horse' } },
      },
    },
    undetermined: {
      'the value is a parameter': {
        Parameters: { Password: { Type: 'String' } },
        Resources: parameter('/orders/db/password', { Ref: 'Password' }),
      },
      'the name is a parameter': {
        Parameters: { Name: { Type: 'String' } },
        Resources: parameter({ Ref: 'Name' }, 'orders'),
      },
    },
  },
});
