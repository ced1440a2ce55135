import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { isPrivate, REST_API } from '../shared/api-stages';
import { mustRefuseOldTls } from '../shared/api-tls';

const api = (properties: JsonObject) => ({ Api: { Type: REST_API, Properties: { Name: 'orders', ...properties } } });

export default defineRule({
  id: 'APIGateway.8',
  slug: 'apigw-api-tls12',
  title: 'REST APIs accept nothing older than TLS 1.2 at the address that AWS gives them',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'warning',
  resourceTypes: [REST_API],
  rationale:
    'The address under amazonaws.com works beside a domain name of your own, and accepts TLS 1.0 until it is told otherwise.',
  remediation:
    "Set `disableExecuteApiEndpoint: true` where a domain name is used; else set `securityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09'` and `endpointAccessMode: 'STRICT'` on the `CfnRestApi` that is `node.defaultChild` of the API.",
  references: ['NIST SP 800-52', 'NIST 800-53 SC-8'],
  check: (api) => {
    const disabled = api.at('DisableExecuteApiEndpoint');
    if (disabled.boolean === true) return [];
    const found = mustRefuseOldTls(
      api.at('SecurityPolicy'),
      isPrivate(api) ? 'the default security policy of a private API is TLS_1_2' : undefined,
    );
    return disabled.isUnknown && found.some(({ kind }) => kind === 'fail')
      ? [disabled.undetermined('true, or a security policy')]
      : found;
  },
  examples: {
    pass: {
      'the policy has tls 1.2': api({ SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09' }),
      'the address is switched off': api({ DisableExecuteApiEndpoint: 'true' }),
      'the api is private': api({ EndpointConfiguration: { Types: ['PRIVATE'] } }),
    },
    fail: {
      'the policy is left to the default': api({}),
      'tls 1.0 is accepted': api({ SecurityPolicy: 'TLS_1_0' }),
      'a private api accepts tls 1.0': api({ SecurityPolicy: 'TLS_1_0', EndpointConfiguration: { Types: ['PRIVATE'] } }),
    },
    undetermined: {
      'the policy is a parameter': {
        Parameters: { Policy: { Type: 'String' } },
        Resources: api({ SecurityPolicy: { Ref: 'Policy' } }),
      },
      'whether there is an address is a parameter': {
        Parameters: { Off: { Type: 'String' } },
        Resources: api({ DisableExecuteApiEndpoint: { Ref: 'Off' } }),
      },
    },
  },
});
