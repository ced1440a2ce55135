import { App, Stack } from 'aws-cdk-lib';
import { EnvironmentKind, WebFirewall, type WebFirewallProps, WebFirewallScope } from '../../src';
import { build, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';

const ACL = 'AWS::WAFv2::WebACL';

const make = (stack: Stack, props?: WebFirewallProps) => new WebFirewall(stack, 'Firewall', props);
const built = (props?: WebFirewallProps, kind?: EnvironmentKind) => build((stack) => make(stack, props), kind);
const inRegion = (region: string) => new Stack(new App(), 'Edge', { env: { account: '111122223333', region } });

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks for what it expects in there.
  readonly [key: string]: any;
}
const rules = (props?: WebFirewallProps): readonly Rule[] => only(built(props), ACL).Properties.Rules;
const group = ({ Statement }: Rule) => Statement.ManagedRuleGroupStatement;

keepsItsPromises({ make });

describe('by default', () => {
  const found = rules();

  test('it blocks what the managed groups match', () => {
    expect(found.flatMap((rule) => (group(rule) ? [[group(rule).Name, rule.OverrideAction]] : []))).toEqual([
      ['AWSManagedRulesAmazonIpReputationList', { None: {} }],
      ['AWSManagedRulesAnonymousIpList', { None: {} }],
      ['AWSManagedRulesCommonRuleSet', { None: {} }],
      ['AWSManagedRulesKnownBadInputsRuleSet', { None: {} }],
      ['AWSManagedRulesSQLiRuleSet', { None: {} }],
    ]);
  });

  test('no managed rule only counts', () => {
    expect(found.flatMap((rule) => group(rule)?.RuleActionOverrides ?? [])).toEqual([]);
  });

  test('an address may send 2,000 requests in five minutes', () => {
    expect(found[0]).toMatchObject({
      Action: { Block: {} },
      Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } },
    });
  });

  test('every rule has a priority of its own', () => {
    expect(new Set(found.map(({ Priority }) => Priority)).size).toBe(found.length);
  });

  test('a year of logs is kept, encrypted, under a name that WAF writes to', () => {
    expect(only(built(), 'AWS::Logs::LogGroup').Properties).toMatchObject({
      LogGroupName: expect.stringMatching(/^aws-waf-logs-[\w-]+$/),
      RetentionInDays: 365,
      KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('Soc2LogKey'), 'Arn'] },
    });
  });

  test('credentials do not get into the log', () => {
    expect(only(built(), 'AWS::WAFv2::LoggingConfiguration').Properties.RedactedFields).toEqual([
      { SingleHeader: { Name: 'authorization' } },
      { SingleHeader: { Name: 'cookie' } },
    ]);
  });
});

test('the log of production stays when the stack goes, and others make room for the next', () => {
  const policy = (kind: EnvironmentKind) => only(built({}, kind), 'AWS::Logs::LogGroup').DeletionPolicy;
  expect(policy(EnvironmentKind.PRODUCTION)).toBe('Retain');
  expect(policy(EnvironmentKind.DEVELOPMENT)).toBe('Delete');
});

test('Bot Control is there when it is asked for', () => {
  expect(rules({ botControl: true }).map(group).at(-1)).toMatchObject({
    Name: 'AWSManagedRulesBotControlRuleSet',
    ManagedRuleGroupConfigs: [{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'COMMON' } }],
  });
});

test('rules that stop the app can count', () => {
  const [common] = rules({ countedRules: ['SizeRestrictions_BODY'] })
    .map(group)
    .filter((each) => each);
  expect(common.RuleActionOverrides).toEqual([{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]);
});

test('rules of the app stand beside the others', () => {
  const own = {
    name: 'OfficeOnly',
    priority: 1,
    action: { block: {} },
    statement: { geoMatchStatement: { countryCodes: ['KP'] } },
    visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: 'OfficeOnly' },
  };
  expect(rules({ rules: [own] }).map(({ Name }) => Name)).toContain('OfficeOnly');
  expect(() => rules({ rules: [{ ...own, priority: 150 }] })).toThrow(
    "'priority' of the rule 'OfficeOnly' must not be 100 to 199, got 150",
  );
});

test.each([9, 2_000_000_001, 10.5])('fails for a limit of %d', (rateLimit) => {
  expect(() => built({ rateLimit })).toThrow(`'rateLimit' must be a whole number from 10 to 2000000000`);
});

test('it protects what is named', () => {
  const made = build((stack) => make(stack).protect('Api', 'arn:aws:apigateway:eu-west-1::/restapis/abc/stages/live'));
  expect(only(made, 'AWS::WAFv2::WebACLAssociation').Properties.ResourceArn).toContain('/restapis/abc');
});

describe('for CloudFront', () => {
  const front = { scope: WebFirewallScope.CLOUDFRONT };

  test('it stands in us-east-1', () => {
    expect(make(inRegion('us-east-1'), front).webAcl.scope).toBe('CLOUDFRONT');
  });

  test('it may stand where the Region is not known yet', () => {
    expect(make(new Stack(new App(), 'Edge'), front).webAcl.scope).toBe('CLOUDFRONT');
  });

  test('fails elsewhere', () => {
    expect(() => make(inRegion('eu-west-1'), front)).toThrow(
      "'scope' CLOUDFRONT must stand in us-east-1, got eu-west-1 of the stack 'Edge'",
    );
  });
});
