import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigServiceClient, DeleteConfigRuleCommand, PutConfigRuleCommand } from '@aws-sdk/client-config-service';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { ManagedRuleIdentifiers } from 'aws-cdk-lib/aws-config';
import { parse } from 'yaml';
import { UNUSABLE } from '../../projenrc/docs/config-rule-parameters';
import { namedIn, renderConfigRules } from '../../projenrc/docs/config-rules-ts';
import type { ConfigRule } from '../../src/logging/config-rule';
import { selectRules } from '../../src/logging/config-rule-selection';
import { CONFIG_RULES } from '../../src/logging/config-rules.generated';
import { MAX_BYTES, MAX_RULES, packsOf } from '../../src/logging/conformance-pack';
import { RULES } from '../../src/rules';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import { temporaryFolder } from '../helpers/temporary';

const EVERYWHERE = { region: 'eu-west-1', isHome: true } as const;

describe('the table of managed rules', () => {
  test('names each once, with rules of the pack that say so, their criteria and their severity', () => {
    expect(new Set(CONFIG_RULES.map(({ identifier }) => identifier)).size).toBe(CONFIG_RULES.length);
    for (const { identifier, slugs, criteria, severity } of CONFIG_RULES) {
      const same = RULES.filter(({ slug }) => slugs.includes(slug));
      expect(same).toHaveLength(slugs.length);
      for (const rule of same) {
        expect(namedIn(rule)).toContain(identifier);
        expect(criteria).toEqual(expect.arrayContaining([...rule.criteria]));
      }
      expect(same.map((rule) => rule.severity)).toContain(severity);
    }
  });

  test('has every rule that stops a deployment and that AWS Config can judge', () => {
    const slugs = CONFIG_RULES.flatMap((rule) => rule.slugs);
    const left = RULES.filter(({ severity, slug }) => severity === 'error' && !slugs.includes(slug)).flatMap(namedIn);
    expect(left.filter((identifier) => !UNUSABLE[identifier] && !NOT_YET_KNOWN.includes(identifier))).toEqual([]);
  });

  test('is not made without a value for what a managed rule requires', () => {
    const [rule] = RULES.filter((each) => namedIn(each).includes('ALB_WAF_ENABLED'));
    const render = () => renderConfigRules([rule], { ALB_WAF_ENABLED: { required: ['wafWebAclIds'] } });
    expect(render).toThrow('ALB_WAF_ENABLED needs a value for wafWebAclIds: add it to projenrc/docs/config-rule-parameters.ts');
  });
});

/** Newer than what the emulator knows; left out until it does. */
const NOT_YET_KNOWN = [
  'API_GW_DOMAIN_DENY_NON_TLS_TRAFFIC',
  'EC2_ENI_SOURCE_DESTINATION_CHECK_ENABLED',
  'ECS_SERVICE_ASSIGN_PUBLIC_IP_DISABLED',
  'MSK_CONNECT_CONNECTOR_ENCRYPTED',
];

describeWithTool(EMULATOR, 'on an emulator of AWS Config', () => {
  let emulator: Emulator;
  let config: ConfigServiceClient;

  beforeAll(async () => {
    emulator = await Emulator.start();
    config = new ConfigServiceClient(emulator.options);
    await new IAMClient(emulator.options).send(new CreateRoleCommand({ RoleName: 'config', AssumeRolePolicyDocument: '{}' }));
  }, 120_000);
  afterAll(() => emulator?.stop());

  const put = (SourceIdentifier: string, parameters: ConfigRule['parameters'] = {}) =>
    config.send(
      new PutConfigRuleCommand({
        ConfigRule: {
          ConfigRuleName: 'rule',
          Source: { Owner: 'AWS', SourceIdentifier },
          InputParameters: JSON.stringify(parameters),
          ConfigRuleState: 'ACTIVE',
        },
      }),
    );
  const remove = () => config.send(new DeleteConfigRuleCommand({ ConfigRuleName: 'rule' }));

  test('every managed rule exists, and has the parameters that it requires and no other', async () => {
    for (const { identifier, parameters } of CONFIG_RULES) {
      try {
        await put(identifier, parameters);
        await remove();
      } catch (error) {
        throw new Error(`${identifier}: ${error}`);
      }
    }
  });

  test('refuses what is no managed rule, and what lacks a parameter', async () => {
    await expect(put('NO_SUCH_RULE')).rejects.toThrow('NO_SUCH_RULE');
    await expect(put('ALB_DESYNC_MODE_CHECK')).rejects.toThrow('desyncMode');
    await expect(put('ALB_WAF_ENABLED', { unknown: '1' })).rejects.toThrow('unknown');
  });

  test.each(NOT_YET_KNOWN)('%s is not known yet', async (identifier) => {
    await expect(put(identifier)).rejects.toThrow(identifier);
  });
});

test('the CDK knows most identifiers under the same name, and no name stands for another one', () => {
  const known = new Set(Object.values(ManagedRuleIdentifiers).filter((each): each is string => typeof each === 'string'));
  const shared = CONFIG_RULES.filter(({ identifier }) => known.has(identifier));
  expect(shared.length).toBeGreaterThanOrEqual(170);
});

describe('which rules go into a pack', () => {
  const identifiersIn = (selection: Parameters<typeof selectRules>[0]) =>
    selectRules(selection).map(({ identifier }) => identifier);

  test('those that stop a deployment', () => {
    expect(new Set(selectRules(EVERYWHERE).map(({ severity }) => severity))).toEqual(new Set(['error']));
    expect(selectRules(EVERYWHERE).length).toBeGreaterThan(110);
  });

  test('only those that AWS Config has in the Region', () => {
    expect(identifiersIn(EVERYWHERE)).not.toContain('CLOUDFRONT_VIEWER_POLICY_HTTPS');
    expect(identifiersIn({ ...EVERYWHERE, region: 'us-east-1' })).toContain('CLOUDFRONT_VIEWER_POLICY_HTTPS');
    expect(identifiersIn({ ...EVERYWHERE, region: 'mx-central-1' }).length).toBeLessThan(identifiersIn(EVERYWHERE).length / 2);
  });

  test('only those that all Regions have when the Region is not known', () => {
    const anywhere = selectRules({ ...EVERYWHERE, region: '${Token[AWS.Region.4]}' });
    expect(anywhere.filter(({ onlyIn, notIn }) => onlyIn ?? notIn)).toEqual([]);
    expect(anywhere.length).toBeGreaterThan(30);
  });

  test('those about users and roles in the home Region only', () => {
    const away = identifiersIn({ ...EVERYWHERE, isHome: false });
    const home = identifiersIn(EVERYWHERE);
    expect(home.filter((identifier) => !away.includes(identifier)).length).toBeGreaterThan(0);
    expect(away.filter((identifier) => /^(IAM|ROOT_ACCOUNT)_/.test(identifier))).toEqual([]);
  });

  test.each(['us-east-1', 'eu-west-1', 'ap-southeast-2', 'sa-east-1'])(
    'by default they are within the limit of an account in %s',
    (region) => {
      expect(selectRules({ region, isHome: true }).length).toBeLessThanOrEqual(150);
    },
  );
});

describe('packs', () => {
  const packs = packsOf(selectRules({ ...EVERYWHERE, region: 'us-east-1' }), 'Soc2');
  const rule = (index: number): ConfigRule => ({
    identifier: `RULE_${index}`,
    slugs: [`rule-${index}`],
    criteria: ['CC6.1'],
    severity: 'error',
    parameters: { list: 'x'.repeat(100) },
  });

  test('are YAML, with each rule once', () => {
    const resources = packs.flatMap(({ body }) =>
      Object.entries(parse(body).Resources as Record<string, { Type: string; Properties: unknown }>),
    );
    expect(new Set(resources.map(([, { Type }]) => Type))).toEqual(new Set(['AWS::Config::ConfigRule']));
    expect(resources).toHaveLength(packs.flatMap(({ rules }) => rules).length);
    expect(Object.fromEntries(resources).CloudwatchAlarmActionCheck.Properties).toEqual({
      ConfigRuleName: 'cloudwatch-alarm-action-check',
      Description: expect.stringMatching(/^Judges what is deployed as alarm-has-action judge templates\. Supports CC/),
      InputParameters: { alarmActionRequired: 'true', insufficientDataActionRequired: 'false', okActionRequired: 'false' },
      Source: { Owner: 'AWS', SourceIdentifier: 'CLOUDWATCH_ALARM_ACTION_CHECK' },
    });
  });

  test('have names that AWS Config takes, and descriptions that are not too long', () => {
    for (const { name, body } of packs) {
      expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
      for (const { Properties } of Object.values(parse(body).Resources) as { Properties: Record<string, string> }[]) {
        expect(Properties.ConfigRuleName.length).toBeLessThanOrEqual(100);
        expect(Properties.Description.length).toBeLessThanOrEqual(256);
      }
    }
  });

  test('are divided when there are too many rules', () => {
    const many = packsOf(
      Array.from({ length: MAX_RULES + 1 }, (_, index) => ({ ...rule(index), parameters: undefined })),
      'Soc2',
    );
    expect(many.map(({ name, rules }) => [name, rules.length])).toEqual([
      ['Soc2-CC6', MAX_RULES],
      ['Soc2-CC6-2', 1],
    ]);
  });

  test('are divided when they are too large, and lose no rule', () => {
    const large = packsOf(
      Array.from({ length: 120 }, (_, index) => ({ ...rule(index), parameters: { list: 'ü'.repeat(300) } })),
      'Soc2',
    );
    expect(large.length).toBeGreaterThan(1);
    expect(large.flatMap(({ rules }) => rules)).toHaveLength(120);
    for (const { body } of large) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MAX_BYTES);
  });

  describeWithTool('cfn-lint', 'cfn-lint', () => {
    test.each(packs.map(({ name, body }) => [name, body]))('finds nothing in %s', async (name, body) => {
      const file = join(temporaryFolder(), `${name}.yaml`);
      writeFileSync(file, body);
      const printed = await globalThis.cfnLint.print(['--format', 'json', '--regions', 'us-east-1', '--', file]);
      expect(JSON.parse(printed)).toEqual([]);
    });
  });
});
