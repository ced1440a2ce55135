import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const MOST_DAYS = 365;

const key = (RotationPeriodInDays: Json) => ({
  Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true, RotationPeriodInDays } },
});

export default defineRule({
  id: 'KMS.6',
  slug: 'kms-key-rotation-period',
  title: 'KMS keys are rotated every year at least',
  criteria: [Criterion.CC6_1],
  control: 'key-management',
  severity: 'warning',
  resourceTypes: ['AWS::KMS::Key'],
  applies: (key) => !key.at('RotationPeriodInDays').isAbsent,
  rationale: 'Policies promise a rotation each year; a key may be told to wait for seven.',
  remediation: `Leave \`rotationPeriod\` of the key out, which means a year, or set it to at most ${MOST_DAYS} days.`,
  references: ['NIST 800-53 SC-12', 'CIS AWS Foundations 3.6'],
  check: (key) =>
    key.at('RotationPeriodInDays').must(`at most ${MOST_DAYS}`, ({ number }) => number !== undefined && number <= MOST_DAYS),
  examples: {
    pass: { 'twice a year': key(180), 'every year, as text': key('365') },
    fail: {
      'every seven years': key(2560),
      'every two years in one branch of a condition': byStage((value) => key(value), 180, 730),
    },
    undetermined: { 'it is a parameter': byParameter((value) => key(value)) },
  },
});
