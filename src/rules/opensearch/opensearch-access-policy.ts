import { Criterion } from '../../criteria/criterion';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { fromJsonText } from '../shared/json-text';
import { publicGrants } from '../shared/public-grants';
import { callParameters } from '../shared/sdk-call';
import { elasticsearchDomain, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

const ROLE = { AWS: 'arn:aws:iam::111122223333:role/App' };
const policy = (more: object) => ({
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'es:ESHttp*', Resource: '*', ...more }],
});
const domain = (more: object, properties: object = {}) => searchDomain({ AccessPolicies: policy(more), ...properties });
/** What `accessPolicies` of CDK's `Domain` become. */
const custom = (more: object, properties: object = {}) => {
  const text = JSON.stringify({ parameters: { DomainName: '@', AccessPolicies: JSON.stringify(policy(more)) } });
  const [head, tail] = text.split('@');
  return {
    ...searchDomain(properties),
    Policy: {
      Type: 'Custom::OpenSearchAccessPolicy',
      Properties: { ServiceToken: 'handler', Create: { 'Fn::Join': ['', [head, { Ref: 'Domain' }, tail]] } },
    },
  };
};

/** The policy, and the domain that it is for, as far as it is among the templates. */
function policyOf(resource: Resource): { document: Value; domain?: Resource } {
  if (SEARCH_DOMAINS.includes(resource.type))
    return { document: resource.at('AccessPolicies').once(fromJsonText), domain: resource };
  const parameters = callParameters(resource);
  const entry = parameters
    .at('DomainName')
    .mentions()
    .find(({ type }) => SEARCH_DOMAINS.includes(type));
  return { document: fromJsonText(parameters.at('AccessPolicies')), domain: entry && resource.view(entry) };
}

/** Where the domain has users of its own, an open policy leaves it to them to prove who they are. */
function asksForUsers(domain: Resource): boolean {
  const options = domain.at('AdvancedSecurityOptions');
  const anonymous = options.at('AnonymousAuthEnabled');
  return options.at('Enabled').boolean === true && (anonymous.isAbsent || anonymous.boolean === false);
}

function check(resource: Resource): Observation[] {
  const { document, domain } = policyOf(resource);
  if (document.isAbsent) return [];
  const grants = publicGrants(document);
  if (grants.length > 0 && domain && asksForUsers(domain))
    return [metBy(domain, 'the policy is open, but the domain itself asks every user to sign in')];
  return grants;
}

export default defineRule({
  id: 'OpenSearch.10',
  slug: 'opensearch-access-policy',
  title: 'OpenSearch domains let nobody in who does not sign requests or sign in',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: [...SEARCH_DOMAINS, 'Custom::OpenSearchAccessPolicy', 'Custom::ElasticsearchAccessPolicy'],
  rationale:
    'A policy for everyone lets whoever reaches the endpoint read and delete indexes, unsigned and without a name in any log.',
  remediation: 'Name roles as the principals in `accessPolicies`, or give the domain `fineGrainedAccessControl`.',
  references: ['cdk-nag OpenSearchNoUnsignedOrAnonymousAccess', 'ElectricEye OpenSearch.9', 'NIST 800-53 AC-3'],
  check,
  examples: {
    pass: {
      'there is no policy': searchDomain({}),
      'a role is named': domain({ Principal: ROLE }),
      'the policy is a text': elasticsearchDomain({ AccessPolicies: JSON.stringify(policy({ Principal: ROLE })) }),
      'everyone is named, from addresses of the company': domain({
        Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } },
      }),
      'everyone is named, but has to sign in': domain({}, { AdvancedSecurityOptions: { Enabled: true } }),
      'a role is named in a call': custom({ Principal: ROLE }),
      'everyone is named in a call, but has to sign in': custom({}, { AdvancedSecurityOptions: { Enabled: true } }),
    },
    fail: {
      'everyone is named': domain({}),
      'everyone is named in a text': elasticsearchDomain({ AccessPolicies: JSON.stringify(policy({ Principal: '*' })) }),
      'everyone is named, from everywhere': domain({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }),
      'all but one role are let in': domain({ Principal: [], NotPrincipal: ROLE }),
      'everyone is named in a call': custom({}),
      'users need no password': domain({}, { AdvancedSecurityOptions: { Enabled: true, AnonymousAuthEnabled: true } }),
    },
    undetermined: {
      'the principal is a parameter': byParameter((value) => domain({ Principal: { AWS: value } })),
    },
  },
});
