import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { isHidden } from '../shared/plain-secrets';
import { CONNECTION, tunnelsOf, vpnConnection } from '../shared/vpn-tunnels';

const EXPECTED = 'a reference to a secret, or nothing';

const key = (value: Json) => vpnConnection({ PreSharedKey: value });

export default defineRule({
  id: 'EC2.39',
  slug: 's2s-vpn-no-plain-psk',
  title: 'The shared keys of VPN tunnels do not stand in the template',
  criteria: [Criterion.CC6_1, Criterion.CC6_7],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: [CONNECTION],
  rationale: 'Whoever can read the template or the repository can take the place of the office at the other end of the tunnel.',
  remediation:
    'Leave the key out, so that AWS generates one, or pass `preSharedKeySecret` in `tunnelOptions` of `vpc.addVpnConnection(…)` instead of `preSharedKey`.',
  references: ['CWE-798', 'NIST 800-53 IA-5'],
  check: (each) => tunnelsOf(each).flatMap((tunnel) => judge(tunnel.at('PreSharedKey'))),
  examples: {
    pass: {
      'aws generates the keys': vpnConnection(),
      'the key is in secrets manager': key('{{resolve:secretsmanager:vpn:SecretString:key}}'),
      'the key is a parameter that is hidden': {
        Parameters: { Key: { Type: 'String', NoEcho: true } },
        Resources: key({ Ref: 'Key' }),
      },
    },
    fail: {
      'the key is in the template': key('correct.horse_battery'),
      'the key is the default of a parameter': {
        Parameters: { Key: { Type: 'String', Default: 'correct.horse_battery' } },
        Resources: key({ Ref: 'Key' }),
      },
      'the key of the second tunnel is in the template': vpnConnection({}, { PreSharedKey: 'correct.horse_battery' }),
    },
    undetermined: {
      'the key is a parameter that everyone sees': {
        Parameters: { Key: { Type: 'String' } },
        Resources: key({ Ref: 'Key' }),
      },
    },
  },
});

/** The finding must not repeat the key. */
function judge(value: Value): Observation[] {
  const { resource, path } = value;
  if (value.isKnown)
    return [{ kind: 'fail', resource, path, problem: 'a shared key stands in the template', found: 'a key', expected: EXPECTED }];
  return value.isAbsent || isKept(value) ? [] : [value.undetermined(EXPECTED)];
}

/** Whether the value comes from where secrets are kept, or from a parameter that CloudFormation does not show. */
function isKept({ text, resource }: Value): boolean {
  if (/^\$\{resolve (secretsmanager|ssm-secure):/.test(text)) return true;
  const name = /^\$\{([A-Za-z0-9]+)\}$/.exec(text)?.[1];
  return name !== undefined && isHidden(resource.entry.template.section('Parameters', name));
}
