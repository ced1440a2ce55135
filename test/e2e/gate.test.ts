import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type App, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Criterion, type IAdditionalRule, RuleCatalog, RuleSeverity, Soc2Exception, TrustServicesCategory } from '../../src';
import { expectedId, type Ledger, type LedgerEvaluation } from '../../src/checks/ledger';
import { RULES } from '../../src/rules';
import { runCli } from '../helpers/cli';
import type { Ended } from '../helpers/process';
import { synthesize } from '../helpers/synth';
import { copyOf, temporaryFolder } from '../helpers/temporary';

const VERSIONING = 's3-bucket-versioning';
const TRAIL = 'cloudtrail-exists';
const exception = {
  rule: VERSIONING,
  reason: 'Holds only what can be made again',
  owner: 'data team',
  ticket: 'SEC-1',
  expires: '2030-06-30',
};

/** Rules other than the two that these tests are about, left out by all the names they have. */
const OTHERS = RULES.filter(({ slug }) => slug !== VERSIONING && slug !== TRAIL).map(({ id, slug, aliases = [] }, index) => ({
  rule: [id, slug, ...aliases][index % (2 + aliases.length)],
  reason: 'not what this test is about',
}));

const ownRule = (check: IAdditionalRule['check'] = () => []): IAdditionalRule => ({
  id: 'ACME.1',
  slug: 'acme-bucket-names',
  title: 'Buckets have no name of their own',
  criteria: [Criterion.CC6_1],
  severity: RuleSeverity.ERROR,
  resourceTypes: ['AWS::S3::Bucket'],
  remediation: 'Leave out `bucketName`.',
  check,
});

/** Everything that an app may have, and nothing that blocks. */
function clean(app: App): void {
  const stack = new Stack(app, 'S');
  new s3.Bucket(stack, 'Good', { versioned: true });
  Soc2Exception.of(new s3.Bucket(stack, 'Accepted')).add(exception);
  new s3.Bucket(new NestedStack(stack, 'Nested'), 'Good', { versioned: true });
  const stage = new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } });
  new s3.Bucket(new Stack(stage, 'S'), 'Good', { versioned: true });
  const inner = new Stack(new Stage(stage, 'Inner'), 'S');
  inner.addTransform('AWS::SecretsManager-2024-09-16');
  new s3.Bucket(new NestedStack(inner, 'Nested'), 'Good', { versioned: true });
  const macro = new Stack(app, 'Macro');
  macro.addTransform('SomeMacro');
  new CfnResource(macro, 'Bucket', { type: 'AWS::S3::Bucket' });
}

function synthesizeApp(build: (app: App) => void, props: Parameters<typeof synthesize>[1] = {}): string {
  return synthesize(build, {
    inherited: [{ rule: TRAIL, owner: 'security team', pointer: 'stack Baseline' }],
    exclude: OTHERS,
    ...props,
  }).folder;
}

const gate = (folder: string, env: Record<string, string> = {}) => runCli(['gate', folder], { env });

function expectClosed({ code, stdout, stderr }: Ended, ...reasons: (string | RegExp)[]): void {
  for (const reason of reasons) expect(stdout).toMatch(reason);
  expect(stdout).toMatch(/^The gate is closed:\n- /);
  expect(stderr).toBe('');
  expect(code).toBe(1);
}

const ledgerFile = (folder: string) => join(folder, 'soc2', 'ledger.json');
const read = (folder: string): Ledger => JSON.parse(readFileSync(ledgerFile(folder), 'utf8'));

/** Change the ledger of a copy of an assembly; a forger recomputes its id, as the library would. */
function forge(folder: string, change: (ledger: Forged) => object | undefined, recompute = true): string {
  const copy = copyOf(folder);
  const ledger = read(copy) as unknown as Forged;
  const changed = (change(ledger) ?? ledger) as Ledger;
  const id = recompute ? expectedId(changed) : changed.synthesis.id;
  writeFileSync(ledgerFile(copy), JSON.stringify({ ...changed, synthesis: { ...changed.synthesis, id } }));
  return copy;
}

/** A ledger that can be written to. */
type Forged = { -readonly [K in keyof Ledger]: Writable<Ledger[K]> };
type Writable<T> = T extends readonly (infer U)[]
  ? { -readonly [K in keyof U]: U[K] }[]
  : T extends object
    ? { -readonly [K in keyof T]: T[K] }
    : T;

const isVersioning = (verdict: string) => (each: Pick<LedgerEvaluation, 'slug' | 'verdict'>) =>
  each.slug === VERSIONING && each.verdict === verdict;

const cleanFolder = synthesizeApp(clean, { additionalRules: [ownRule()] });
const openFolder = synthesizeApp((app) => {
  const stack = new Stack(app, 'S');
  new s3.Bucket(stack, 'Good', { versioned: true });
  new s3.Bucket(stack, 'Bad');
});

describe('is open', () => {
  test('for an app with stages, nested stacks, a macro, rules of its own, exceptions, inherited and excluded rules', async () => {
    const { code, stdout, stderr } = await gate(cleanFolder);
    expect(stdout).toMatch(/^The gate is open: the ledger of .* is there, is true, and nothing in it blocks\.\n/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('and shows a reviewer what the app declared', async () => {
    const text = (await gate(cleanFolder)).stdout.replace(/\n {4}/g, ' ');
    expect(text).toMatch(/^6 templates, synthesized \S+: \d+ pass, 0 fail, 1 exception, \d+ inherited, \d+ undetermined\.$/m);
    const leftOut = /^ {2}left out \(not what this test is about\): (.*)$/m.exec(text)?.[1].split(', ');
    expect(leftOut).toEqual(OTHERS.map(({ rule }) => RuleCatalog.get(rule)).map(({ id, slug }) => `${id} ${slug}`));
    expect(text).toMatch(/^ {2}inherited from security team \(stack Baseline\): CloudTrail\.1 cloudtrail-exists$/m);
    expect(text).toMatch(/^ {2}rule of its own: ACME\.1 acme-bucket-names$/m);
    expect(text).toContain(
      "  S3.8 s3-bucket-versioning at 'S/Accepted' (1 finding), data team, SEC-1, until 2030-06-30: Holds only what can be made again",
    );
  });

  test('for what fails and does not block, and says how many warnings and how much advice that is', async () => {
    const levels = [RuleSeverity.WARNING, RuleSeverity.WARNING, RuleSeverity.INFO];
    const rules = levels.map((severity, index) => ({
      ...ownRule(() => [{ path: 'BucketName', problem: 'there is a name', found: 'a name', expected: 'none' }]),
      ...{ id: `ACME.${index + 1}`, slug: `acme-bucket-${index + 1}`, severity },
    }));
    const folder = synthesizeApp((app) => new s3.Bucket(new Stack(app, 'S'), 'B', { versioned: true }), {
      additionalRules: rules,
    });
    const { code, stdout } = await gate(folder);
    expect(stdout).toMatch(/^The gate is open: /);
    expect(stdout).toMatch(
      /: 1 pass, 3 fail, .*\.\nWhat blocks: nothing\. What fails and does not block: 2 warnings, 1 advice\.$/m,
    );
    expect(code).toBe(0);
  });

  test('for the folder cdk.out where none is named', async () => {
    const parent = temporaryFolder('parent');
    const copy = copyOf(cleanFolder);
    const { code, stdout } = await runCli(['gate'], { cwd: parent });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    symlinkSync(copy, join(parent, 'cdk.out'), 'junction');
    expect((await runCli(['gate'], { cwd: parent })).stdout).toContain('The gate is open: the ledger of cdk.out is there');
  });

  test('with an exception to a rule of the own app, until it expires', async () => {
    const folder = synthesizeApp(
      (app) => {
        const bucket = new s3.Bucket(new Stack(app, 'S'), 'B', { versioned: true, bucketName: 'named' });
        Soc2Exception.of(bucket).add({ ...exception, rule: 'ACME.1' });
      },
      {
        additionalRules: [
          ownRule((bucket) =>
            bucket.property('BucketName').value
              ? [{ path: 'BucketName', problem: 'there is a name', found: 'a name', expected: 'none' }]
              : [],
          ),
        ],
      },
    );
    const { code, stdout } = await gate(folder);
    expect(stdout).toContain("ACME.1 acme-bucket-names at 'S/B' (1 finding), data team");
    expect(code).toBe(0);
    expectClosed(
      await gate(folder, { SOURCE_DATE_EPOCH: String(Date.parse('2030-07-01') / 1000) }),
      /ACME\.1 at 'S\/B': the exception .* has expired/,
    );
  });
});

describe('judges again', () => {
  const ID = 'NIST.800.53.R5-S3BucketVersioningEnabled';
  /** A rule that supports availability only. */
  const LOCAL = 'clb-cross-zone';

  const acknowledged = synthesizeApp(
    (app) => {
      const stack = new Stack(app, 'S');
      const bucket = new s3.Bucket(stack, 'B');
      Validations.of(bucket).acknowledge({ id: ID, reason: 'Only cached copies' });
      const nested = new s3.Bucket(new NestedStack(new Stack(new Stage(app, 'Prod'), 'S'), 'Nested'), 'B');
      Validations.of(nested).acknowledge({ id: ID, reason: 'Only cached copies' });
    },
    { honorNagAcknowledgements: true },
  );

  test('with the acknowledgements of cdk-nag that the app lets count, and shows them', async () => {
    const { code, stdout, stderr } = await gate(acknowledged);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = stdout.replace(/\n {4}/g, ' ');
    expect(text).toContain('  acknowledgements of rules of cdk-nag count as exceptions\n');
    expect(text).toContain(`  S3.8 s3-bucket-versioning at 'S/B' (1 finding), acknowledged as ${ID}: Only cached copies`);
    expect(text).toContain(', 2 exception, ');
  });

  const balanced = (scope: TrustServicesCategory[]) =>
    synthesizeApp(
      (app) => {
        const stack = new Stack(app, 'S');
        new s3.Bucket(stack, 'B', { versioned: true });
        new CfnResource(stack, 'Balancer', { type: 'AWS::ElasticLoadBalancing::LoadBalancer' });
      },
      { scope, exclude: OTHERS.filter(({ rule }) => RuleCatalog.get(rule).slug !== LOCAL) },
    );

  test('with the scope of the ledger, and says how much is out of it', async () => {
    const folder = balanced([TrustServicesCategory.CONFIDENTIALITY]);
    expect(read(folder).settings.scope).toEqual(['security', 'confidentiality']);
    expect(read(folder).evaluations.filter(({ slug }) => slug === LOCAL)).toEqual([]);
    const { code, stdout } = await gate(folder);
    expect(stdout).toMatch(/^ {2}scope security, confidentiality: \d+ of \d+ rules judged nothing$/m);
    expect(code).toBe(0);
  });

  test('and is closed where the scope is not that of the verdicts', async () => {
    const scope =
      (...names: string[]) =>
      (ledger: Forged) =>
        void Object.assign(ledger.settings, { scope: names });
    expectClosed(
      await gate(forge(balanced([]), scope('security', 'availability'))),
      /ELB\.\d+ S\.template\.json Balancer: the ledger lacks this verdict/,
    );
    expectClosed(
      await gate(forge(balanced([TrustServicesCategory.AVAILABILITY]), scope('privacy'))),
      /ELB\.\d+ S\.template\.json Balancer: the ledger has this verdict, judged again it does not exist/,
    );
  });

  test.each<[string, (ledger: Forged) => object | undefined, RegExp]>([
    [
      'an acknowledgement is not honored',
      ({ settings }) => void Object.assign(settings, { honorNagAcknowledgements: false }),
      /S3\.8 .*the ledger says verdict 'exception', judged again it is 'fail'/,
    ],
    [
      'an acknowledged rule asks for something else',
      ({ evaluations }) => {
        for (const { exception } of evaluations) if (exception) Object.assign(exception, { acknowledged: ['AwsSolutions-S1'] });
      },
      /S3\.8 .*the ledger says verdict 'exception', judged again it is 'fail'/,
    ],
    [
      'an acknowledgement has no reason',
      ({ evaluations }) => {
        for (const { exception } of evaluations) if (exception) Object.assign(exception, { reason: ' ' });
      },
      /judged again it is 'fail'/,
    ],
    [
      'the register lacks an acknowledgement',
      (ledger) => ({ ...ledger, exceptions: [] }),
      /S3\.8 at 'S\/B' \(NIST\.800\.53\.R5-S3BucketVersioningEnabled: Only cached copies\): the ledger lacks this exception/,
    ],
    [
      'a rule that may not be waived is acknowledged',
      ({ settings }) => void Object.assign(settings, { unwaivable: ['S3.8'] }),
      /judged again it is 'fail'/,
    ],
  ])('and is closed where %s', async (_, change, says) => {
    expectClosed(await gate(forge(acknowledged, change)), says);
  });
});

describe('is closed', () => {
  test('without a ledger', async () => {
    const folder = copyOf(cleanFolder);
    rmSync(join(folder, 'soc2'), { recursive: true });
    expectClosed(await gate(folder), 'there is no ledger: add Soc2Checks to the app, and synthesize it');
  });

  test('when a template was changed after it was judged', async () => {
    for (const path of read(cleanFolder).templates.map((template) => template.path)) {
      const folder = copyOf(cleanFolder);
      writeFileSync(join(folder, path), `${readFileSync(join(folder, path), 'utf8')}\n`);
      expectClosed(await gate(folder), `${path}: was changed after it was judged: the ledger is stale`);
    }
  });

  test('when a template was added', async () => {
    const folder = copyOf(cleanFolder);
    writeFileSync(join(folder, 'T.template.json'), '{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }');
    changeManifest(folder, (artifacts) => {
      artifacts.T = { ...artifacts.S, properties: { ...artifacts.S.properties, templateFile: 'T.template.json' } };
    });
    expectClosed(await gate(folder), 'T.template.json: is not in the ledger: it was not judged');
  });

  test('when a template was removed', async () => {
    const folder = copyOf(cleanFolder);
    changeManifest(folder, (artifacts) => {
      delete artifacts.Macro;
    });
    expectClosed(await gate(folder), 'Macro.template.json: is in the ledger but not in the cloud assembly');
    changeManifest(folder, (artifacts) => {
      for (const id of Object.keys(artifacts)) delete artifacts[id];
    });
    expectClosed(await gate(folder), 'lists no stack');
  });

  test('when the file of a template was removed', async () => {
    const folder = copyOf(cleanFolder);
    rmSync(join(folder, 'Macro.template.json'));
    expectClosed(await gate(folder), "names 'Macro.template.json', which is missing");
  });

  test('when there are open errors, and names them', async () => {
    expectClosed(
      await gate(openFolder),
      /- S3\.8 S\.template\.json Bad\w+: VersioningConfiguration\.Status is not set/,
      'What blocks: 1 error. What fails and does not block: nothing.',
    );
  });

  test('when a rule of the app itself has open errors', async () => {
    const check = () => [{ path: 'BucketName', problem: 'there is a name', found: 'a name', expected: 'none' }];
    const folder = synthesizeApp((app) => new s3.Bucket(new Stack(app, 'S'), 'B', { versioned: true }), {
      additionalRules: [ownRule(check)],
    });
    expectClosed(await gate(folder), /- ACME\.1 S\.template\.json B\w+: there is a name/);
  });

  test('when exceptions have expired since', async () => {
    const lastDay = Date.parse('2030-06-30T23:59:59Z') / 1000;
    expect((await gate(cleanFolder, { SOURCE_DATE_EPOCH: String(lastDay) })).code).toBe(0);
    expectClosed(
      await gate(cleanFolder, { SOURCE_DATE_EPOCH: String(lastDay + 1) }),
      /- S3\.8 S\.template\.json Accepted\w+: its exception, ticket SEC-1 of data team, has expired: it counted until 2030-06-30/,
    );
  });

  test('when the ledger holds an alarm', async () => {
    const folder = synthesizeApp((app) => {
      const bucket = new s3.Bucket(new Stack(app, 'S'), 'B', { versioned: true });
      Validations.of(bucket).acknowledge({ id: 'SOC2-S3.8', reason: 'because' });
    });
    expectClosed(await gate(folder), "- SOC2-S3.8 is acknowledged at 'S/B' without an owner");
  });

  test('under strict, when only deployment knows', async () => {
    const folder = synthesizeApp(clean, { strict: true });
    expectClosed(
      await gate(folder),
      /S3\.8 Macro\.template\.json Bucket: the macro 'SomeMacro' is run at deployment/,
      /What blocks: \d+ undetermined\. /,
    );
  });

  test('when another version wrote the ledger', async () => {
    const folder = forge(cleanFolder, (ledger) => {
      ledger.synthesis.versions = { ...ledger.synthesis.versions, 'cdk-soc2': '99.0.0' };
    });
    expectClosed(await gate(folder), 'The ledger was written by cdk-soc2 99.0.0; this is');
  });
});

describe('notices a ledger that was altered', () => {
  test('by its id', async () => {
    const folder = forge(
      openFolder,
      ({ evaluations }) => {
        Object.assign(evaluations.find(isVersioning('fail'))!, { verdict: 'pass', findings: [] });
      },
      false,
    );
    expectClosed(
      await gate(folder),
      'The ledger was altered: its id does not match its content',
      /- S3\.8 S\.template\.json Bad\w+: the ledger says verdict 'pass', judged again it is 'fail'/,
    );
  });

  /** What a forger may try, who knows how the id is made; and what the gate says. */
  const forgeries: Readonly<Record<string, [folder: string, change: (ledger: Forged) => object | undefined, says: RegExp]>> = {
    'a verdict': [
      openFolder,
      ({ evaluations }) => void Object.assign(evaluations.find(isVersioning('fail'))!, { verdict: 'pass', findings: [] }),
      /the ledger says verdict 'pass', judged again it is 'fail'/,
    ],
    'what an environment is declared to be': [
      openFolder,
      ({ templates }) => void Object.assign(templates[0], { declared: { kind: 'DEVELOPMENT' } }),
      /S\.template\.json: the ledger says declared \{"kind":"DEVELOPMENT"\}, judged again it is null/,
    ],
    'a severity': [
      openFolder,
      ({ evaluations }) => {
        for (const each of evaluations) each.severity = 'warning';
      },
      /the ledger says severity 'warning', judged again it is 'error'/,
    ],
    'the severity of a rule': [
      openFolder,
      ({ rules }) => {
        for (const each of rules) each.severity = 'info';
      },
      /the ledger says severity 'info', judged again it is '/,
    ],
    'a finding': [
      openFolder,
      ({ evaluations }) =>
        void Object.assign(evaluations.find(isVersioning('fail'))!, {
          findings: [{ problem: 'hardly worth a word', found: 'nothing', expected: 'nothing' }],
        }),
      /the ledger says findings .*hardly worth a word/,
    ],
    'a verdict that is taken out': [
      openFolder,
      (ledger) => ({ ...ledger, evaluations: ledger.evaluations.filter((each) => !isVersioning('fail')(each)) }),
      /S3\.8 S\.template\.json Bad\w+: the ledger lacks this verdict/,
    ],
    'a verdict that is put in': [
      cleanFolder,
      ({ evaluations }) =>
        void evaluations.push({
          ...evaluations.find(isVersioning('pass'))!,
          logicalId: 'AnotherOne',
          resourceType: 'AWS::S3::Bucket',
        }),
      /AnotherOne: the ledger has this verdict, judged again it does not exist/,
    ],
    'a verdict that is there twice': [
      cleanFolder,
      ({ evaluations }) => void evaluations.push(evaluations.find(isVersioning('pass'))!),
      /The ledger has this verdict more than once/,
    ],
    'an exception that no template records': [
      openFolder,
      ({ evaluations, exceptions }) => {
        const declaration = { ...exception, rule: 'S3.8', at: 'S/Bad' };
        const { reason, owner, ticket, expires } = exception;
        Object.assign(evaluations.find(isVersioning('fail'))!, {
          verdict: 'exception',
          exception: { state: 'active', reason, owner, ticket, expires },
        });
        exceptions.push({ ...declaration, slug: VERSIONING, state: 'active', findings: 1 });
      },
      /the ledger says verdict 'exception', judged again it is 'fail'/,
    ],
    'the last day of an exception': [
      cleanFolder,
      ({ exceptions }) => {
        for (const each of exceptions) each.expires = '2999-12-31';
      },
      /the ledger says expires '2999-12-31', judged again it is '2030-06-30'/,
    ],
    'the register of exceptions': [
      cleanFolder,
      (ledger) => ({ ...ledger, exceptions: [] }),
      /S3\.8 at 'S\/Accepted' .*: the ledger lacks this exception/,
    ],
    'a declaration that no template has': [
      cleanFolder,
      (ledger) => ({
        ...ledger,
        declarations: [{ template: 'S.template.json', kind: 'backup', at: 'S/Backups', says: { rpoHours: 1 } }],
      }),
      /backup of 'S\/Backups' in S\.template\.json: the ledger has this declaration, judged again it does not exist/,
    ],
    'the population': [
      cleanFolder,
      ({ population }) => {
        for (const each of population) each.count = 1;
      },
      /AWS::S3::Bucket: the ledger says count 1, judged again it is \d/,
    ],
    'the rules that took part': [
      cleanFolder,
      (ledger) => ({ ...ledger, rules: ledger.rules.filter(({ rule }) => rule !== 'S3.8') }),
      /S3\.8: the ledger lacks this rule/,
    ],
    'a rule of the own app': [
      cleanFolder,
      (ledger) => ({ ...ledger, rules: ledger.rules.filter(({ rule }) => rule !== 'ACME.1') }),
      /ACME\.1: the ledger has verdicts of this rule, and does not list it/,
    ],
    'the account of a template': [
      cleanFolder,
      ({ templates }) => {
        for (const each of templates) each.account = '999999999999';
      },
      /the ledger says account '999999999999', judged again it is nothing|judged again it is null/,
    ],
    'the hash of a template': [
      cleanFolder,
      ({ templates }) => {
        templates[0].sha256 = '0'.repeat(64);
      },
      /was changed after it was judged/,
    ],
  };

  test.each(Object.entries(forgeries))('though its id fits: %s', async (_, [folder, change, says]) => {
    const result = await gate(forge(folder, change));
    expectClosed(result, says);
    expect(result.stdout).not.toContain('its id does not match');
  });

  test('though its time was set back to when exceptions counted', async () => {
    const folder = synthesizeApp((app) =>
      Soc2Exception.of(new s3.Bucket(new Stack(app, 'S'), 'B')).add({ ...exception, expires: '2024-02-29' }),
    );
    process.env.SOURCE_DATE_EPOCH = String(Date.parse('2024-02-01') / 1000);
    let then: Ledger;
    try {
      then = read(
        synthesizeApp((app) =>
          Soc2Exception.of(new s3.Bucket(new Stack(app, 'S'), 'B')).add({ ...exception, expires: '2024-02-29' }),
        ),
      );
    } finally {
      delete process.env.SOURCE_DATE_EPOCH;
    }
    expect(then.alarms).toEqual([]);
    const result = await gate(forge(folder, () => ({ ...then, exceptions: then.exceptions })));
    expectClosed(result, /its exception, ticket SEC-1 of data team, has expired: it counted until 2024-02-29/);
  });

  test('but not what the app declares: a rule that is left out shows in the output, and the help says so', async () => {
    const folder = forge(openFolder, (ledger) => ({
      ...ledger,
      evaluations: ledger.evaluations.filter((each) => !isVersioning('fail')(each) && each.slug !== VERSIONING),
      excluded: [...ledger.excluded, { rule: VERSIONING, reason: 'trust me' }],
    }));
    const { code, stdout } = await gate(folder);
    expect(code).toBe(0);
    expect(stdout).toContain('left out (trust me): S3.8 s3-bucket-versioning');
    expect((await runCli(['gate', '--help'])).stdout).toMatch(
      /takes at its word what the app declares[\s\S]*rules that it leaves out/,
    );
  });
});

describe('answers with exit code 2 and one line', () => {
  const withLedger = (text: string) => {
    const folder = copyOf(cleanFolder);
    writeFileSync(ledgerFile(folder), text);
    return folder;
  };
  const without = (member: string) => forge(cleanFolder, (ledger) => ({ ...ledger, [member]: undefined }), false);
  const cases: Readonly<Record<string, [folder: () => string, says: RegExp]>> = {
    'a folder that is no cloud assembly': [() => temporaryFolder(), /is no cloud assembly: .* run cdk synth first/],
    'a folder that does not exist': [() => join(temporaryFolder(), 'none'), /is no cloud assembly/],
    'a file': [() => ledgerFile(cleanFolder), /is no cloud assembly/],
    'a ledger that is not JSON': [() => withLedger('{ "schemaVersion": '), /ledger\.json: is no ledger: .*JSON/],
    'a ledger that is empty': [() => withLedger(''), /ledger\.json: is no ledger/],
    'a ledger that is a list': [() => withLedger('[]'), /is no ledger: it is no mapping/],
    'a ledger that is null': [() => withLedger('null'), /is no ledger: it is no mapping/],
    'a ledger of another schema': [
      () => withLedger('{ "schemaVersion": "2.0" }'),
      /schemaVersion must be '1\.0', got "2\.0"; use the cdk-soc2 that wrote it/,
    ],
    'a ledger without a schema': [() => withLedger('{}'), /schemaVersion must be '1\.0', got nothing/],
    'a ledger without settings': [() => without('settings'), /'settings' must have 'strict' and 'unwaivable'/],
    'a ledger of a scope that does not exist': [
      () => forge(cleanFolder, ({ settings }) => void Object.assign(settings, { scope: ['safety'] }), false),
      /'settings' must have 'scope', a list of categories, and 'honorNagAcknowledgements'/,
    ],
    'a ledger with an exception that is none': [
      () =>
        forge(cleanFolder, ({ evaluations }) => void Object.assign(evaluations[0], { exception: { acknowledged: [1] } }), false),
      /an 'exception' in 'evaluations' must have state, reason, owner, ticket, expires/,
    ],
    'a ledger without evaluations': [() => without('evaluations'), /'evaluations' must be a list of records/],
    'a ledger with a record that is none': [
      () => forge(cleanFolder, (ledger) => ({ ...ledger, templates: [null] }), false),
      /'templates' must be a list of records with path, sha256/,
    ],
    'a ledger with a verdict without findings': [
      () => forge(cleanFolder, ({ evaluations }) => void Object.assign(evaluations[0], { findings: [{}] })),
      /'evaluations' must have findings with their problem/,
    ],
    'a ledger of no time': [
      () => forge(cleanFolder, ({ synthesis }) => void Object.assign(synthesis, { time: 'soon' })),
      /'synthesis\.time' must be a time/,
    ],
  };

  test.each(Object.entries(cases))('for %s', async (_, [folder, says]) => {
    const { code, stdout, stderr } = await gate(folder());
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('for a ledger that is a folder', async () => {
    const folder = copyOf(cleanFolder);
    rmSync(ledgerFile(folder));
    mkdirSync(ledgerFile(folder));
    const { code, stderr } = await gate(folder);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^\S+ledger\.json: is no ledger: EISDIR.*\n$/) });
  });

  test('for a time that is none', async () => {
    const { code, stderr } = await gate(cleanFolder, { SOURCE_DATE_EPOCH: 'tomorrow' });
    expect(stderr).toBe("SOURCE_DATE_EPOCH must be a number of seconds since 1970, got 'tomorrow'\n");
    expect(code).toBe(2);
  });
});

test('text from a ledger can neither steer the terminal nor start a line', async () => {
  const hostile = 'fine\u001b[2J\u001b[31m\r\nThe gate is open\u202e\u0007';
  const folder = forge(cleanFolder, (ledger) => ({
    ...ledger,
    excluded: [...ledger.excluded, { rule: hostile, reason: hostile }],
    inherited: [{ ...ledger.inherited[0], owner: hostile, pointer: hostile }],
    alarms: [hostile],
  }));
  const { stdout } = await gate(folder);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(stdout).not.toMatch(/^The gate is open/m);
});

interface Artifacts {
  [id: string]: { properties: Record<string, unknown> };
}

function changeManifest(folder: string, change: (artifacts: Artifacts) => void): void {
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  change(manifest.artifacts);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(manifest));
}
