import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { missing } from '../../model/observation';
import { defineRule } from '../rule';

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
  resourceTypes: [BLOCK],
  rationale: 'One wrong permission on a snapshot shows a whole disk to everyone; the block holds whatever the permissions say.',
  remediation:
    "Create an `ec2.CfnSnapshotBlockPublicAccess` with `state: 'block-all-sharing'`, or declare who did as an inherited control of `ebs-snapshot-block-public-access`.",
  references: ['Security Hub EC2.182', 'Prowler ec2_ebs_snapshot_account_block_public_access'],
  check: (environment) => {
    const blocks = environment.resources(BLOCK);
    if (blocks.length > 0) return blocks.flatMap((each) => each.at('State').mustBe('block-all-sharing'));
    return [missing('nothing blocks the public sharing of snapshots', `an '${BLOCK}'`)];
  },
  examples: {
    pass: { 'all sharing is blocked': block('block-all-sharing') },
    fail: {
      'nothing blocks it': { Topic: { Type: 'AWS::SNS::Topic' } },
      'only new sharing is blocked': block('block-new-sharing'),
    },
    undetermined: {
      'the state is a parameter': { Parameters: { State: { Type: 'String' } }, Resources: block({ Ref: 'State' }) },
    },
  },
});
