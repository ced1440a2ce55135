import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { unnamedPointer } from '../shared/unnamed-pointer';

const LOGGING = 'AWS::NetworkFirewall::LoggingConfiguration';
const EXPECTED = 'a destination for logs of the type ALERT or FLOW';

const firewall = { Firewall: { Type: 'AWS::NetworkFirewall::Firewall', Properties: { FirewallName: 'edge' } } };
const logged = (arn: Json, ...destinations: JsonObject[]) => ({
  ...firewall,
  Logging: {
    Type: LOGGING,
    Properties: { FirewallArn: arn, LoggingConfiguration: { LogDestinationConfigs: destinations } },
  },
});
const arn = { Ref: 'Firewall' };
const toBucket = (type: Json) => ({ LogType: type, LogDestinationType: 'S3', LogDestination: { bucketName: 'logs' } });

export default defineRule({
  id: 'NetworkFirewall.1',
  slug: 'network-firewall-logging',
  title: 'Network firewalls log what they stop or what passes',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'network-logging',
  severity: 'error',
  resourceTypes: ['AWS::NetworkFirewall::Firewall'],
  rationale: 'A firewall that keeps no log stops an attack and tells nobody that there was one.',
  remediation:
    'Add an `networkfirewall.CfnLoggingConfiguration` for the firewall with destinations for the log types `ALERT` and `FLOW`.',
  references: ['Security Hub NetworkFirewall.2', 'AWS Config NETFW_LOGGING_ENABLED', 'NIST 800-53 AU-12'],
  check: (each) => {
    const configurations = each.pointedAtBy(LOGGING, 'FirewallArn');
    if (configurations.length === 0) {
      const open = unnamedPointer(each, LOGGING, 'FirewallArn', 'this firewall');
      return open.length > 0 ? open : [each.fails('nothing logs what the firewall does', `an '${LOGGING}'`)];
    }
    const types = configurations.flatMap((configuration) =>
      configuration.membersAt('LoggingConfiguration.LogDestinationConfigs.*.LogType'),
    );
    if (types.some(({ string }) => string === 'ALERT' || string === 'FLOW'))
      return configurations.map((configuration) => metBy(configuration, 'it logs what the firewall does'));
    const open = types.find(({ isUnknown }) => isUnknown);
    return open
      ? [open.undetermined(EXPECTED)]
      : [configurations[0].at('LoggingConfiguration').fails(EXPECTED, 'neither alerts nor flows are logged')];
  },
  examples: {
    pass: {
      'alerts are logged': logged(arn, toBucket('ALERT')),
      'flows are logged, by attribute': logged({ 'Fn::GetAtt': ['Firewall', 'FirewallArn'] }, toBucket('FLOW')),
    },
    fail: {
      'nothing is configured': firewall,
      'there is no destination': logged(arn),
      'only tls inspection is logged': logged(arn, toBucket('TLS')),
      'another firewall is logged': logged('arn:aws:network-firewall:eu-west-1:111122223333:firewall/other', toBucket('ALERT')),
    },
    undetermined: {
      'the firewall of the configuration is a parameter': {
        Parameters: { Arn: { Type: 'String' } },
        Resources: logged({ Ref: 'Arn' }, toBucket('ALERT')),
      },
      'the type of the log is a parameter': {
        Parameters: { LogType: { Type: 'String' } },
        Resources: logged(arn, toBucket({ Ref: 'LogType' })),
      },
    },
  },
});
