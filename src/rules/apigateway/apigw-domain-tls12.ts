import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { mustRefuseOldTls } from '../shared/api-tls';

const REST = 'AWS::ApiGateway::DomainName';
const PRIVATE = 'AWS::ApiGateway::DomainNameV2';
const HTTP = 'AWS::ApiGatewayV2::DomainName';
const DEFAULT = 'the default security policy of a domain name is TLS_1_2';

const domain = (properties: JsonObject, type = REST) => ({
  Domain: { Type: type, Properties: { DomainName: 'api.example.com', ...properties } },
});
const http = (policy: Json) => domain({ DomainNameConfigurations: [{ CertificateArn: 'arn', SecurityPolicy: policy }] }, HTTP);

export default defineRule({
  id: 'APIGateway.7',
  slug: 'apigw-domain-tls12',
  title: 'Domain names of APIs accept nothing older than TLS 1.2',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [REST, PRIVATE, HTTP],
  rationale: 'TLS 1.0 and 1.1 are broken and retired, and a client that can be talked down to them will be.',
  remediation: 'Set `securityPolicy: apigateway.SecurityPolicy.TLS_1_2` or a later one on the domain name.',
  references: ['AWS Config API_GW_DOMAIN_DENY_NON_TLS_TRAFFIC', 'checkov CKV_AWS_206', 'NIST SP 800-52'],
  check: (domain) =>
    domain.type === HTTP
      ? domain.membersAt('DomainNameConfigurations').flatMap((each) => mustRefuseOldTls(each.at('SecurityPolicy'), DEFAULT))
      : mustRefuseOldTls(domain.at('SecurityPolicy'), DEFAULT),
  examples: {
    pass: {
      'tls 1.2 and later': domain({ SecurityPolicy: 'TLS_1_2' }),
      'a policy with post-quantum keys': domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09' }),
      'the policy is left to the default': domain({}),
      'the domain of an http api': http('TLS_1_2'),
      'a private domain with tls 1.3 only': domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }, PRIVATE),
    },
    fail: {
      'tls 1.0 is accepted': domain({ SecurityPolicy: 'TLS_1_0' }),
      'the domain of an http api accepts tls 1.0': http('TLS_1_0'),
      'tls 1.0 is accepted in one branch of a condition': {
        Parameters: { Old: { Type: 'String' } },
        Conditions: { HasOld: { 'Fn::Equals': [{ Ref: 'Old' }, 'yes'] } },
        Resources: domain({ SecurityPolicy: { 'Fn::If': ['HasOld', 'TLS_1_0', 'TLS_1_2'] } }),
      },
    },
    undetermined: {
      'the policy is a parameter': {
        Parameters: { Policy: { Type: 'String' } },
        Resources: domain({ SecurityPolicy: { Ref: 'Policy' } }),
      },
      'the policy is newer than this rule': domain({ SecurityPolicy: 'SecurityPolicy_TLS14_2031_01' }),
    },
  },
});
