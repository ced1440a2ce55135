import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { missing } from '../../model/observation';
import { defineRule } from '../rule';
import { ACCOUNT_SETTINGS, accountSettings, setsByFunction } from '../shared/account-settings';

const BLOCK = 'AWS::EC2::SnapshotBlockPublicAccess';

const block = (state: Json) => ({ Block: { Type: BLOCK, Properties: { State: state } } });

export default defineRule({
  id: 'EC2.12',
  slug: 'ebs-snapshot-block-public-access',
  title: 'Public sharing of EBS snapshots is blocked in the account and Region',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: [BLOCK, ACCOUNT_SETTINGS],
  rationale: 'One wrong permission on a snapshot shows a whole disk to everyone; the block holds whatever the permissions say.',
  remediation:
    "Add an `IamBaseline`, create an `ec2.CfnSnapshotBlockPublicAccess` with `state: 'block-all-sharing'`, or declare who did as an inherited control of `ebs-snapshot-block-public-access`.",
  references: ['Security Hub EC2.182', 'Prowler ec2_ebs_snapshot_account_block_public_access'],
  check: (environment) => {
    const blocks = environment.resources(BLOCK).map((each) => each.at('State'));
    const settings = environment.resources(ACCOUNT_SETTINGS).filter((each) => setsByFunction(each, 'SnapshotSharing'));
    const states = [...blocks, ...settings.map((each) => each.at('SnapshotSharing.State'))];
    if (states.length > 0) return states.flatMap((each) => each.mustBe('block-all-sharing'));
    return [missing('nothing blocks the public sharing of snapshots', `an '${BLOCK}'`)];
  },
  examples: {
    pass: {
      'all sharing is blocked': block('block-all-sharing'),
      'the baseline of the library blocks it': accountSettings({ SnapshotSharing: { State: 'block-all-sharing' } }),
    },
    fail: {
      'the baseline leaves snapshots out': accountSettings({ VolumeEncryption: { Enabled: true } }),
      'nothing blocks it': { Topic: { Type: 'AWS::SNS::Topic' } },
      'only new sharing is blocked': block('block-new-sharing'),
    },
    undetermined: {
      'the state is a parameter': { Parameters: { State: { Type: 'String' } }, Resources: block({ Ref: 'State' }) },
    },
  },
});
