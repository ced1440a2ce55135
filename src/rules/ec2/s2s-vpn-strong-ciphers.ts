import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { CONNECTION, tunnelsOf, vpnConnection } from '../shared/vpn-tunnels';

/** What a tunnel must not accept; a list that is not there accepts all that the service knows. */
const WEAK: Readonly<Record<string, readonly string[]>> = {
  IKEVersions: ['ikev1'],
  Phase1DHGroupNumbers: ['2'],
  Phase1IntegrityAlgorithms: ['SHA1'],
  Phase2DHGroupNumbers: ['2', '5'],
  Phase2IntegrityAlgorithms: ['SHA1'],
};

const list = (...values: Json[]) => values.map((value) => ({ Value: value }));
const STRONG: JsonObject = {
  IKEVersions: list('ikev2'),
  Phase1DHGroupNumbers: list(19, 20),
  Phase1IntegrityAlgorithms: list('SHA2-256'),
  Phase2DHGroupNumbers: list('20'),
  Phase2IntegrityAlgorithms: list('SHA2-256', 'SHA2-512'),
};

export default defineRule({
  id: 'EC2.38',
  slug: 's2s-vpn-strong-ciphers',
  title: 'VPN tunnels accept neither IKEv1 nor weak ciphers',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'warning',
  resourceTypes: [CONNECTION],
  rationale: 'A tunnel that still accepts IKEv1, SHA-1 or a group of 1024 bits is as strong as that, whatever else it accepts.',
  remediation:
    'Set `ikeVersions` to `ikev2`, and the integrity algorithms and Diffie-Hellman groups of both phases, for both members of `vpnTunnelOptionsSpecifications` of the `ec2.CfnVPNConnection`.',
  references: ['NIST 800-53 SC-8', 'NIST SP 800-77'],
  check: (each) =>
    tunnelsOf(each).flatMap((tunnel) => Object.entries(WEAK).flatMap(([key, weak]) => mustNotAccept(tunnel.at(key), weak))),
  examples: {
    pass: { 'both tunnels are strong': vpnConnection(STRONG, STRONG) },
    fail: {
      'nothing is said about ciphers': vpnConnection(),
      'one tunnel is strong': vpnConnection(STRONG),
      'the second tunnel accepts ikev1': vpnConnection(STRONG, { ...STRONG, IKEVersions: list('ikev1', 'ikev2') }),
      'the second tunnel accepts sha-1': vpnConnection(STRONG, { ...STRONG, Phase2IntegrityAlgorithms: list('SHA1') }),
      'the first tunnel accepts a group of 1024 bits': vpnConnection({ ...STRONG, Phase1DHGroupNumbers: list(2) }, STRONG),
    },
    undetermined: {
      'the version is a parameter': {
        Parameters: { Version: { Type: 'String' } },
        Resources: vpnConnection(STRONG, { ...STRONG, IKEVersions: list({ Ref: 'Version' }) }),
      },
    },
  },
});

function mustNotAccept(accepted: Value, weak: readonly string[]): Observation[] {
  const expected = `a list without ${weak.join(' and ')}`;
  const values = accepted.items().map((member) => member.at('Value'));
  if (values.length === 0) return [accepted.fails(expected)];
  return values.flatMap((value) => value.must(expected, ({ string }) => !weak.includes(string ?? '')));
}
