import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const endpoint = (options: JsonObject) => ({
  Endpoint: {
    Type: 'AWS::EC2::ClientVpnEndpoint',
    Properties: { ClientCidrBlock: '10.100.0.0/16', ServerCertificateArn: 'arn', ConnectionLogOptions: options },
  },
});

export default defineRule({
  id: 'EC2.24',
  slug: 'client-vpn-logging',
  title: 'Client VPN endpoints log connections',
  criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC6_6],
  control: 'network-logging',
  severity: 'error',
  resourceTypes: ['AWS::EC2::ClientVpnEndpoint'],
  rationale:
    'The log of a VPN says who was in the network and from where; without it an intruder with a stolen laptop is nobody.',
  remediation: 'Leave `logging` of `vpc.addClientVpnEndpoint(…)` on, and give it a `logGroup`.',
  references: ['Security Hub EC2.51', 'AWS Config EC2_CLIENT_VPN_CONNECTION_LOG_ENABLED', 'NIST 800-53 AU-2'],
  check: (each) => each.at('ConnectionLogOptions.Enabled').mustBe(true),
  examples: {
    pass: { 'connections are logged': endpoint({ Enabled: true, CloudwatchLogGroup: 'vpn' }) },
    fail: {
      'logging is off': endpoint({ Enabled: false }),
      'logging is not mentioned': endpoint({}),
      'logging is off, as text': endpoint({ Enabled: 'false', CloudwatchLogGroup: 'vpn' }),
    },
    undetermined: {
      'logging is a parameter': {
        Parameters: { Log: { Type: 'String' } },
        Resources: endpoint({ Enabled: { Ref: 'Log' } }),
      },
    },
  },
});
