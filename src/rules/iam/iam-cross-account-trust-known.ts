import { Criterion } from '../../criteria/criterion';
import type { Note } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { fromJsonText } from '../shared/json-text';
import { publicGrants } from '../shared/public-grants';
import { trusting, trustOf } from '../shared/trust-policy';

export default defineRule({
  id: 'IAM.19',
  slug: 'iam-cross-account-trust-known',
  title: 'Roles can be taken by known accounts only',
  criteria: [Criterion.CC6_3, Criterion.CC9_2, Criterion.CC6_1],
  control: 'access-review',
  severity: 'error',
  resourceTypes: ['AWS::IAM::Role'],
  rationale: 'A role that trusts everyone can be taken by any customer of AWS who finds its name, and names are easily guessed.',
  remediation:
    'Name accounts, roles or your organization in `assumedBy`: `AccountPrincipal`, `ArnPrincipal`, `OrganizationPrincipal`.',
  references: ['checkov CKV_AWS_60', 'checkov CKV_AWS_61', 'NIST 800-53 AC-3', 'NIST 800-53 AC-6'],
  check: (role) => {
    const open = publicGrants(fromJsonText(role.at('AssumeRolePolicyDocument')));
    return open.length > 0 ? open : foreignAccounts(role);
  },
  examples: {
    pass: {
      'a service is trusted': trusting({ Service: 'lambda.amazonaws.com' }),
      'another account is trusted': trusting({ AWS: 'arn:aws:iam::444455556666:root' }),
      'the own account is trusted': trusting({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }),
      'the organization is trusted': trusting('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aa111bb222' } } }),
    },
    fail: {
      'everyone is trusted': trusting({ AWS: '*' }),
      'everyone is trusted, among others': trusting({ AWS: ['arn:aws:iam::444455556666:root', '*'] }),
      'everyone who knows a word is trusted': trusting('*', { Condition: { StringEquals: { 'sts:ExternalId': 'shop' } } }),
      'every role of that name is trusted, whatever its account': trusting({ AWS: 'arn:aws:iam::*:role/deploy' }),
    },
    undetermined: { 'the account is a parameter': withParameter('Account', trusting({ AWS: { Ref: 'Account' } })) },
  },
});

const ACCOUNT = /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/;

/** Notes that name the other accounts, so that a reviewer sees them. */
function foreignAccounts(role: Resource): Note[] {
  const own = role.environment.account;
  return trustOf(role)
    .filter((statement) => statement.allows)
    .flatMap((statement) => statement.principals)
    .flatMap(({ kind, value: { path, text } }): Note[] => {
      const account = kind === 'AWS' ? ACCOUNT.exec(text)?.[1] : undefined;
      if (account === undefined || account === own) return [];
      return [{ kind: 'note', resource: role, path, text: `account ${account} may take the role` }];
    });
}
