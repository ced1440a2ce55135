import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { allow, document, withParameter } from '../shared/iam-examples';
import { fromJsonText } from '../shared/json-text';
import { publicGrants } from '../shared/public-grants';

const repository = (...statements: Json[]) => ({
  Repository: {
    Type: 'AWS::CodeArtifact::Repository',
    Properties: { DomainName: 'shop', RepositoryName: 'shop', PermissionsPolicyDocument: document(...statements) },
  },
});
const read = (Principal: Json, more: Record<string, Json> = {}) =>
  allow('codeartifact:ReadFromRepository', '*', { Principal, ...more });

export default defineRule({
  id: 'CodeArtifact.1',
  slug: 'codeartifact-repo-policy',
  aliases: ['codeartifact-domain-policy'],
  title: 'Repositories and domains of packages do not admit everyone',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::CodeArtifact::Repository', 'AWS::CodeArtifact::Domain'],
  rationale: 'Whoever may publish a package puts code into every program that uses it; whoever may read has the source.',
  remediation: 'Name accounts or roles in `permissionsPolicyDocument`, or ask for your `aws:PrincipalOrgID`.',
  references: ['ElectricEye CodeArtifact.1', 'ElectricEye CodeArtifact.2', 'NIST 800-53 AC-3'],
  check: (resource) => {
    const policy = resource.at('PermissionsPolicyDocument');
    if (!policy.isAbsent) return publicGrants(fromJsonText(policy));
    return policy.mustNotBeSet({ absent: 'without a policy, only identities of the own account are admitted' });
  },
  examples: {
    pass: {
      'an account is admitted': repository(read({ AWS: 'arn:aws:iam::111122223333:root' })),
      'the organization is admitted': repository(
        read('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aa111bb222' } } }),
      ),
      'there is no policy': { Domain: { Type: 'AWS::CodeArtifact::Domain', Properties: { DomainName: 'shop' } } },
    },
    fail: {
      'everyone is admitted': repository(read('*')),
      'everyone may publish to a domain': {
        Domain: {
          Type: 'AWS::CodeArtifact::Domain',
          Properties: {
            DomainName: 'shop',
            PermissionsPolicyDocument: document(allow('codeartifact:*', '*', { Principal: { AWS: '*' } })),
          },
        },
      },
    },
    undetermined: { 'the account is a parameter': withParameter('Account', repository(read({ AWS: { Ref: 'Account' } }))) },
  },
});
