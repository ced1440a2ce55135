import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';

/** A group of rules that AWS maintains. */
interface ManagedGroup {
  readonly name: string;
  /** Its name in metrics. */
  readonly metric: string;
}

/** Their priorities start here, in this order: what is known to be bad first, then what looks bad. */
const FIRST_PRIORITY = 100;
const LAST_PRIORITY = 199;

const GROUPS: readonly ManagedGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', metric: 'IpReputation' },
  { name: 'AWSManagedRulesAnonymousIpList', metric: 'AnonymousIp' },
  { name: 'AWSManagedRulesCommonRuleSet', metric: 'Common' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', metric: 'KnownBadInputs' },
  { name: 'AWSManagedRulesSQLiRuleSet', metric: 'SqlInjection' },
];

const BOT_CONTROL: ManagedGroup = { name: 'AWSManagedRulesBotControlRuleSet', metric: 'BotControl' };

/** What the rules of a web firewall depend on. */
interface Wanted {
  readonly rateLimit: number;
  readonly botControl: boolean;
  readonly countedRules: readonly string[];
  readonly ownRules: readonly wafv2.CfnWebACL.RuleProperty[];
}

/** The rules of a web firewall: the limit, the managed groups, and those of the app. */
export function webFirewallRules({ rateLimit, botControl, countedRules, ownRules }: Wanted): wafv2.CfnWebACL.RuleProperty[] {
  const taken = ownRules.find(({ priority }) => priority >= FIRST_PRIORITY && priority <= LAST_PRIORITY);
  if (taken) {
    throw new Error(
      `'priority' of the rule '${taken.name}' must not be ${FIRST_PRIORITY} to ${LAST_PRIORITY}, got ${taken.priority}: ` +
        'those are of the rules that the firewall makes. Take a lower one to be judged before them, or a higher one',
    );
  }
  const groups = botControl ? [...GROUPS, BOT_CONTROL] : GROUPS;
  return [limit(rateLimit), ...groups.map((each, index) => managed(each, FIRST_PRIORITY + 1 + index, countedRules)), ...ownRules];
}

/** What is counted and sampled of a rule, or of the whole firewall. */
export function visible(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

function limit(requests: number): wafv2.CfnWebACL.RuleProperty {
  return {
    name: 'RateLimit',
    priority: FIRST_PRIORITY,
    action: { block: {} },
    statement: { rateBasedStatement: { limit: requests, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
    visibilityConfig: visible('RateLimit'),
  };
}

function managed(group: ManagedGroup, priority: number, countedRules: readonly string[]): wafv2.CfnWebACL.RuleProperty {
  return {
    name: group.metric,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: group.name,
        managedRuleGroupConfigs:
          group === BOT_CONTROL ? [{ awsManagedRulesBotControlRuleSet: { inspectionLevel: 'COMMON' } }] : undefined,
        // WAF passes over names of rules that a managed group does not have.
        ruleActionOverrides:
          countedRules.length > 0 ? countedRules.map((name) => ({ name, actionToUse: { count: {} } })) : undefined,
      },
    },
    visibilityConfig: visible(group.metric),
  };
}
