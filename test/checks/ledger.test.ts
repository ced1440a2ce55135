import { FULL_SCOPE } from '../../src/checks/audit-scope';
import { judge } from '../../src/checks/judge';
import {
  buildLedger,
  expectedId,
  type Ledger,
  type LedgerInput,
  ledgerPart,
  PartWriter,
  writeLedger,
} from '../../src/checks/ledger';
import { describeJudgement, JudgementWriter } from '../../src/checks/ledger-evaluations';
import { PieceWriter } from '../../src/checks/pieces';
import { Assembly } from '../../src/model/assembly';
import type { JsonObject } from '../../src/model/json';
import { Template } from '../../src/model/template';
import { RULES } from '../../src/rules';
import { schemaErrors } from '../helpers/schema';

const exception = {
  rule: 'S3.8',
  reason: 'quotes "like these"',
  owner: 'team',
  ticket: 'SEC-1',
  expires: '2999-12-31',
  at: 'S/B',
};
const declared = { kind: 'backup', at: 'Stack/Backups', says: { rpoHours: 24 } };
const body: JsonObject = {
  Metadata: {
    'cdk-soc2': {
      declarations: [declared, 'text', null, { kind: 'backup' }, { kind: '', at: '', says: {} }, { ...declared, says: [] }],
    },
  },
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket', Metadata: { 'cdk-soc2': { exceptions: [exception] } } },
    Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: '},\n{"rule":"S3.8"}' } },
    Open: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: { 'Fn::ImportValue': 'status' } } } },
  },
};
const templates = ['b', 'a'].map((name) => new Template(body, { path: `${name}.template.json`, sha256: '0'.repeat(64) }));
const assembly = new Assembly(templates, true);
const judgements = judge(assembly, {
  rules: RULES,
  now: new Date(0),
  inherited: [{ rule: 'guardduty-enabled', owner: 'security team', pointer: 'another app' }],
});

function written() {
  const writer = new PartWriter(assembly);
  for (const judgement of judgements) writer.add(judgement);
  return writer.part();
}

function input<Part>(parts: readonly Part[]): LedgerInput<Part> {
  return {
    parts,
    rules: RULES,
    settings: { strict: false, unwaivable: [], scope: FULL_SCOPE, honorNagAcknowledgements: false },
    exceptions: [],
    inherited: [],
    excluded: [],
    alarms: ['first', 'second'],
    notes: [],
    time: new Date(0),
    versions: { 'cdk-soc2': '1.2.3' },
  };
}

function read(text: string): Ledger {
  return JSON.parse(text);
}

test('the text of judgements says of each what its description says, one a line', () => {
  const sourceOf = () => 'app.ts:7';
  const text = new PieceWriter();
  const writer = new JudgementWriter(text, sourceOf);
  for (const judgement of judgements) writer.write(judgement);
  expect(text.pieces().join('').split(',\n')).toEqual(
    judgements.map((judgement) => JSON.stringify(describeJudgement(judgement, sourceOf))),
  );
  expect(new Set(judgements.map(({ verdict }) => verdict))).toEqual(
    new Set(['pass', 'fail', 'exception', 'inherited', 'undetermined']),
  );
});

test('judgements come by template, resource and rule, those on environments first', () => {
  const places = judgements.map(({ evaluation: { entry } }) => (entry ? `${entry.template.path} ${entry.logicalId}` : ''));
  expect(places).toEqual([...places].sort());
  const last = judgements.filter(({ evaluation }) => evaluation.entry === judgements.at(-1)!.evaluation.entry);
  const ids = last.map(({ evaluation }) => evaluation.rule.id);
  expect(ids).toEqual([...ids].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  expect(ids.length).toBeGreaterThan(10);
});

test.each([0, 1, 2])('a ledger of %i parts as text is the ledger, with the id that its content gives', (number) => {
  const parts = Array.from({ length: number });
  const text = writeLedger(input(parts.map(() => written()))).join('');
  const { synthesis, ...rest } = read(text);
  const { synthesis: expected, ...content } = buildLedger(input(parts.map(() => ledgerPart(assembly, judgements))));
  expect(rest).toEqual(JSON.parse(JSON.stringify(content)));
  expect(synthesis).toEqual({ id: expectedId(read(text)), ...expected });
});

test('who changes a verdict must change the id', () => {
  const text = writeLedger(input([written()])).join('');
  const altered = read(text.replace('"verdict":"fail"', '"verdict":"pass"'));
  expect(expectedId(altered)).not.toBe(altered.synthesis.id);
});

test('what constructs declare is listed by template, and what is not well formed is not', () => {
  const { declarations } = buildLedger(input([ledgerPart(assembly, judgements)]));
  expect(declarations).toEqual(['b', 'a'].map((name) => ({ template: `${name}.template.json`, ...declared })));
});

describe('usual activity', () => {
  const declared = {
    name: 'deployment role',
    reason: 'deployments of the shop',
    owner: 'platform team',
    expires: '1970-01-01',
    principals: [{ 'Fn::GetAtt': ['Deploy', 'Arn'] }],
    types: ['rds.amazonaws.com:*'],
    at: 'Stack/Alerts/UsualActivity',
  };
  const declaring = (usualActivity: JsonObject[]) =>
    new Assembly(
      [new Template({ Metadata: { 'cdk-soc2': { usualActivity } }, Resources: {} }, { path: 'a.json', sha256: '0'.repeat(64) })],
      true,
    );
  const listed = (usualActivity: JsonObject[], time = new Date(0)) =>
    buildLedger({ ...input([ledgerPart(declaring(usualActivity), [])]), time }).usualActivity;

  test('is listed with what it covers, what only deployment knows as it is written', () => {
    expect(listed([declared])).toEqual([
      {
        name: 'deployment role',
        reason: 'deployments of the shop',
        owner: 'platform team',
        expires: '1970-01-01',
        covers: ['principal {"Fn::GetAtt":["Deploy","Arn"]}', 'type rds.amazonaws.com:*'],
        at: 'Stack/Alerts/UsualActivity',
        template: 'a.json',
        state: 'active',
      },
    ]);
  });

  test('is expired from the day after its last one', () => {
    expect(listed([declared], new Date('1970-01-02T00:00:00Z'))).toMatchObject([{ state: 'expired' }]);
    expect(listed([{ ...declared, expires: 'never' }])).toMatchObject([{ state: 'expired' }]);
  });

  test('that lacks a reason or an owner is listed all the same', () => {
    expect(listed([{ expires: '2999-12-31' }])).toMatchObject([{ reason: '', owner: '', covers: [], state: 'active' }]);
  });
});

test('a template is recorded with what it says about its environment', () => {
  const said = { kind: 'DEVELOPMENT', owner: 'shop team', servesEveryEnvironment: 'yes', more: 1 };
  const bodies: JsonObject[] = [{ Metadata: { 'cdk-soc2': { environment: said } } }, { Metadata: { 'cdk-soc2': {} } }, {}];
  const declaring = new Assembly(
    bodies.map((each, index) => new Template({ ...each, Resources: {} }, { path: `${index}.json`, sha256: '0'.repeat(64) })),
    true,
  );
  const content = buildLedger(input([ledgerPart(declaring, [])]));
  const ledger = read(JSON.stringify({ ...content, synthesis: { id: '0'.repeat(64), ...content.synthesis } }));
  expect(ledger.templates.map((each) => each.declared)).toEqual([{ kind: 'DEVELOPMENT', owner: 'shop team' }, null, null]);
  expect(schemaErrors(ledger)).toEqual([]);
});
