import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { matches, type PolicyCondition, patternOf, type Reading, type Statement } from '../../model/policy';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { aboutTrust, trusting } from '../shared/trust-policy';

const SERVICE = 'rolesanywhere.amazonaws.com';
const EXPECTED = 'a condition on the trust anchor or on the certificate';
const trust = (Condition?: JsonObject) =>
  trusting(
    { Service: SERVICE },
    { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], ...(Condition && { Condition }) },
  );
const anchor = 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/1';

export default defineRule({
  id: 'IAM.20',
  slug: 'iam-roles-anywhere-trust-condition',
  title: 'Roles for IAM Roles Anywhere ask for a trust anchor or a certificate',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: ['AWS::IAM::Role'],
  ...aboutTrust(isForWorkloads, judge),
  rationale: 'Without a condition, every certificate of every trust anchor of the account opens the role.',
  remediation:
    "Add `conditions: { ArnEquals: { 'aws:SourceArn': trustAnchorArn } }` to the `ServicePrincipal`, or `aws:PrincipalTag/x509Subject/CN`.",
  references: ['ElectricEye IAMRA.5', 'NIST 800-53 AC-6'],
  examples: {
    pass: {
      'the trust anchor is named': trust({ ArnEquals: { 'aws:SourceArn': anchor } }),
      'the certificate is named': trust({ StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'builder.example.com' } }),
    },
    fail: {
      'there is no condition': trust(),
      'any trust anchor will do': trust({ StringLike: { 'aws:SourceArn': '*' } }),
      'only the account is asked for': trust({ StringEquals: { 'aws:SourceAccount': '111122223333' } }),
      'the condition holds where nothing is named': trust({ ArnEqualsIfExists: { 'aws:SourceArn': anchor } }),
    },
    undetermined: {
      'the condition is a parameter': withParameter('Who', trust({ Ref: 'Who' })),
      'the pattern for the trust anchor is a parameter': withParameter(
        'Anchor',
        trust({ ArnLike: { 'aws:SourceArn': { Ref: 'Anchor' } } }),
      ),
    },
  },
});

function isForWorkloads({ principals }: Statement, reading: Reading): boolean {
  return principals.some(({ kind, value }) => kind === 'Service' && matches(patternOf(value, reading), SERVICE));
}

function judge(statement: Statement): Observation[] {
  const condition = statement.value.at('Condition');
  const narrow = statement.conditions.filter(isNarrow);
  if (narrow.some((each) => !mayBeWide(each))) return [];
  if (narrow.length > 0) return [condition.undetermined(EXPECTED, 'deployment may put a pattern there that all match')];
  return [condition.isUnknown ? condition.undetermined(EXPECTED) : condition.fails(EXPECTED, 'any certificate opens the role')];
}

function isNarrow({ operator, ifExists, forAll, key, values }: PolicyCondition): boolean {
  if (ifExists || forAll || !/^(arn|string)(equals|like)/.test(operator)) return false;
  if (!/^(aws:sourcearn$|aws:principaltag\/x509|sts:sourceidentity$)/.test(key)) return false;
  return values.length > 0 && values.every((value) => !/^[*?:]*$/.test(patternOf(value, 'surely')));
}

function mayBeWide({ operator, values }: PolicyCondition): boolean {
  return !operator.startsWith('stringequals') && values.some((value) => /^[*?:]*$/.test(patternOf(value, 'possibly')));
}
