import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy, missing } from '../../model/observation';
import { defineRule } from '../rule';
import { accountSettings } from '../shared/account-settings';
import { disablesEncryption, EBS_DEFAULTS, enablesEncryption } from '../shared/ebs-default';
import { SDK_CALL } from '../shared/sdk-call';

const call = (create: Json) => ({ Call: { Type: SDK_CALL, Properties: { ServiceToken: 'arn', Create: create } } });
const json = (action: string) => `{"service":"EC2","action":"${action}","physicalResourceId":{"id":"ebs"}}`;

export default defineRule({
  id: 'EC2.11',
  slug: 'ebs-encryption-by-default',
  title: 'EBS encryption by default is on in the account and Region',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: EBS_DEFAULTS,
  rationale:
    'The default covers the volumes that no template mentions: root volumes of images, restored snapshots, what is made by hand.',
  remediation:
    'Add an `IamBaseline`, call `enableEbsEncryptionByDefault` of EC2 in an `AwsCustomResource`, or declare who switched it on as an inherited control of `ebs-encryption-by-default`.',
  references: ['Security Hub EC2.7', 'AWS Config EC2_EBS_ENCRYPTION_BY_DEFAULT', 'CIS AWS Foundations 5.1.1'],
  check: (environment) => {
    const found = EBS_DEFAULTS.flatMap((type) => environment.resources(type));
    const wrong = found.filter((each) => disablesEncryption(each));
    if (wrong.length > 0)
      return wrong.map((each) =>
        each.at('Create').fails('a call that enables it', 'the call switches encryption by default off'),
      );
    const enabling = found.filter((each) => enablesEncryption(each));
    if (enabling.length > 0) return enabling.map((each) => metBy(each, 'it switches EBS encryption by default on'));
    const open = found.find((each) => enablesEncryption(each) === undefined);
    if (open) return [open.at('Create').undetermined('a call of `enableEbsEncryptionByDefault`')];
    return [missing('nothing switches EBS encryption by default on', 'a call of `enableEbsEncryptionByDefault`')];
  },
  examples: {
    pass: {
      'a custom resource enables it': call(json('enableEbsEncryptionByDefault')),
      'the baseline of the library enables it': accountSettings({ VolumeEncryption: { Enabled: true } }),
      'the call is put together at deployment, with names of the current sdk': call({
        'Fn::Join': [
          '',
          [
            '{"service":"@aws-sdk/client-ec2","action":"EnableEbsEncryptionByDefaultCommand","physicalResourceId":{"id":"',
            { Ref: 'AWS::StackId' },
            '"}}',
          ],
        ],
      }),
    },
    fail: {
      'nothing enables it': { Topic: { Type: 'AWS::SNS::Topic' } },
      'the baseline leaves volumes out': accountSettings({ SnapshotSharing: { State: 'block-all-sharing' } }),
      'the custom resource does something else': call(json('describeRegions')),
      'a custom resource disables it': call(json('disableEbsEncryptionByDefault')),
    },
    undetermined: {
      'the call is a parameter': { Parameters: { Call: { Type: 'String' } }, Resources: call({ Ref: 'Call' }) },
    },
  },
});
