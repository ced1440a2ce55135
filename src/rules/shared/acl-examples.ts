import type { Json, JsonObject } from '../../model/json';
import type { Rule } from '../rule';
import { ACL_ENTRY } from './acl-entries';

const ENTRY = { NetworkAclId: { Ref: 'Acl' }, RuleNumber: 100, RuleAction: 'allow', Protocol: 6 };
const ANYWHERE = { CidrBlock: '0.0.0.0/0' };

/** Examples of the rules about one TCP port that network ACLs must not let in. */
export function aclExamples(port: number): Rule['examples'] {
  const only = { From: port, To: port };
  const entries = (...properties: JsonObject[]) => ({
    Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: 'vpc-1' } },
    ...Object.fromEntries(
      properties.map((each, index) => [
        `Entry${index}`,
        { Type: ACL_ENTRY, Properties: { ...ENTRY, PortRange: only, ...ANYWHERE, ...each } },
      ]),
    ),
  });
  const denied = (number: Json, more: JsonObject = {}) =>
    entries({ PortRange: { From: 1, To: 65534 } }, { RuleNumber: number, RuleAction: 'deny', ...more });
  return {
    pass: {
      'another port is let in': entries({ PortRange: { From: 443, To: 443 } }),
      'the port is let in from a private network': entries({ CidrBlock: '10.0.0.0/8' }),
      'the port is denied before': denied(90),
      'every protocol is denied before': denied('90', { Protocol: -1, PortRange: { Ref: 'AWS::NoValue' } }),
    },
    fail: {
      'the port is let in': entries({}),
      'the port is in a range': entries({ PortRange: { From: 20, To: 4000 } }),
      'every protocol is let in over ipv6': entries({
        Protocol: -1,
        CidrBlock: { Ref: 'AWS::NoValue' },
        Ipv6CidrBlock: '::/0',
      }),
      'the port is denied too late': denied(110),
      'the port is denied to some': denied(90, { CidrBlock: '203.0.113.0/24' }),
      'the port is denied on the way out': denied(90, { Egress: true }),
    },
    undetermined: {
      'the port is a parameter': {
        Parameters: { Port: { Type: 'Number' } },
        Resources: entries({ PortRange: { From: { Ref: 'Port' }, To: { Ref: 'Port' } } }),
      },
      'the source is a parameter': {
        Parameters: { Source: { Type: 'String' } },
        Resources: entries({ CidrBlock: { Ref: 'Source' } }),
      },
    },
  };
}
