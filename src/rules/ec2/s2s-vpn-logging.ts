import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { CONNECTION, tunnelsOf, vpnConnection } from '../shared/vpn-tunnels';

const log = (enabled: Json) => ({
  LogOptions: { CloudwatchLogOptions: { LogEnabled: enabled, LogGroupArn: 'arn:aws:logs:eu-west-1:1:log-group:vpn' } },
});

export default defineRule({
  id: 'EC2.36',
  slug: 's2s-vpn-logging',
  title: 'Both tunnels of a VPN connection keep a log',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'network-logging',
  severity: 'warning',
  resourceTypes: [CONNECTION],
  rationale: 'The log shows who tried to set up a tunnel and with which ciphers, and why it went down.',
  remediation:
    'Set `logOptions.cloudwatchLogOptions` with `logEnabled: true` and a `logGroupArn` for both members of `vpnTunnelOptionsSpecifications` of the `ec2.CfnVPNConnection`.',
  references: ['Security Hub EC2.171', 'AWS Config EC2_VPN_CONNECTION_LOGGING_ENABLED', 'ElectricEye S2SVPN.4'],
  check: (each) => tunnelsOf(each).flatMap((tunnel) => tunnel.at('LogOptions.CloudwatchLogOptions.LogEnabled').mustBe(true)),
  examples: {
    pass: { 'both tunnels are logged': vpnConnection(log(true), log('true')) },
    fail: {
      'nothing is said about logs': vpnConnection(),
      'one tunnel is logged': vpnConnection(log(true)),
      'the second tunnel is not logged': vpnConnection(log(true), log(false)),
      'the list of options is missing': {
        Vpn: { Type: CONNECTION, Properties: { Type: 'ipsec.1', CustomerGatewayId: 'cgw-1', VpnGatewayId: 'vgw-1' } },
      },
    },
    undetermined: {
      'logging is a parameter': {
        Parameters: { Log: { Type: 'String' } },
        Resources: vpnConnection(log({ Ref: 'Log' }), log(true)),
      },
    },
  },
});
