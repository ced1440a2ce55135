import { createHash } from 'node:crypto';
import type { Assembly } from '../model/assembly';
import { type Declared, declaredIn } from '../model/declared';
import { type DeclaredEnvironment, declaredEnvironment } from '../model/declared-environment';
import type { Template } from '../model/template';
import type { Rule, Severity } from '../rules/rule';
import { type AuditScope, isInScope } from './audit-scope';
import { type ExceptionDeclaration, type ExclusionDeclaration, type InheritedDeclaration, isOver } from './declarations';
import { type AppliedException, inOrderOfIds, type Judgement, type Verdict } from './judge';
import { describeJudgement, JudgementWriter, type SourceOf } from './ledger-evaluations';
import { type Piece, PieceWriter } from './pieces';
import { type UsualActivityDeclaration, usualActivityIn } from './usual-activity-declarations';

/** The version of the ledger's format; see `schema/ledger.schema.json`. */
export const SCHEMA_VERSION = '1.0';

/** Everything that was judged, with what makes it evidence. */
export interface Ledger {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly synthesis: LedgerSynthesis;
  readonly settings: LedgerSettings;
  readonly templates: readonly LedgerTemplate[];
  readonly population: readonly LedgerPopulation[];
  /** What constructs say of themselves: targets, and what they are designed for. */
  readonly declarations: readonly LedgerDeclaration[];
  readonly rules: readonly LedgerRule[];
  readonly evaluations: readonly LedgerEvaluation[];
  readonly exceptions: readonly LedgerException[];
  readonly inherited: readonly InheritedDeclaration[];
  readonly excluded: readonly ExclusionDeclaration[];
  /** Activity that is declared as usual, and does not alert. */
  readonly usualActivity: readonly LedgerUsualActivity[];
  /** What blocks although it is no verdict on a resource. */
  readonly alarms: readonly string[];
  readonly notes: readonly string[];
}

export interface LedgerSynthesis {
  /** SHA-256 of the rest of the ledger: who changes a line must change the id. */
  readonly id: string;
  readonly time: string;
  readonly commit: string | null;
  readonly versions: Readonly<Record<string, string>>;
}

export interface LedgerSettings {
  /** Whether what only deployment knows blocks as well. */
  readonly strict: boolean;
  /** Rules that no exception may set aside. */
  readonly unwaivable: readonly string[];
  /** Which categories of criteria were audited: a rule that supports none of their criteria judged nothing. */
  readonly scope: AuditScope;
  /** Whether acknowledgements of rules of cdk-nag count as exceptions. */
  readonly honorNagAcknowledgements: boolean;
}

export interface LedgerTemplate {
  readonly path: string;
  readonly sha256: string;
  readonly stack: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly environment: string;
  /** What it says about its environment, which decides what rules ask of it; null when it says nothing. */
  readonly declared?: DeclaredEnvironment | null;
}

export interface LedgerDeclaration extends Declared {
  /** The template that has it in its `Metadata`. */
  readonly template: string;
}

export interface LedgerPopulation {
  readonly type: string;
  readonly count: number;
  /** How many rules know the type, of those in scope. */
  readonly rules: number;
}

export interface LedgerRule {
  readonly rule: string;
  readonly slug: string;
  readonly title: string;
  readonly criteria: readonly string[];
  readonly control: string;
  readonly severity: Severity;
}

export interface LedgerEvaluation {
  readonly rule: string;
  readonly slug: string;
  readonly criteria: readonly string[];
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly environment: string;
  /** Absent for a rule about the environment as a whole, as are the members that describe a resource. */
  readonly template?: string;
  readonly logicalId?: string;
  readonly resourceType?: string;
  readonly constructPath?: string;
  /** Where a person wrote it: `file:line`. */
  readonly source?: string;
  readonly findings: readonly LedgerFinding[];
  /** Why it is right, where that is not obvious, and by which resource. */
  readonly notes?: readonly LedgerNote[];
  readonly exception?: {
    readonly state: string;
    readonly reason: string;
    readonly owner: string;
    readonly ticket: string;
    readonly expires: string;
    /** Ids of the rules of cdk-nag that were acknowledged, and the construct where; absent when it was declared to this library. */
    readonly acknowledged?: readonly string[];
    readonly at?: string;
  };
  readonly inherited?: InheritedDeclaration;
}

interface Place {
  readonly path?: string;
  /** Set when the place is not on the resource that was judged. */
  readonly template?: string;
  readonly logicalId?: string;
}

export interface LedgerFinding extends Place {
  readonly problem: string;
  readonly found: string;
  readonly expected: string;
  readonly line?: number;
}

export interface LedgerNote extends Place {
  readonly text: string;
}

export interface LedgerException extends ExceptionDeclaration {
  readonly slug: string;
  readonly state: AppliedException['state'] | 'unused';
  /** Ids of the rules of cdk-nag that were acknowledged; absent when it was declared to this library. */
  readonly acknowledged?: readonly string[];
  /** How many findings it covers. */
  readonly findings: number;
}

/** Activity that a template declares as usual. */
export interface LedgerUsualActivity extends UsualActivityDeclaration {
  /** Whether it counted on the day of the synthesis. */
  readonly state: 'active' | 'expired';
  readonly template: string;
}

/** What one assembly adds to a ledger. It holds no template, so that many assemblies can be judged one after the other. */
export interface LedgerPart {
  readonly templates: readonly LedgerTemplate[];
  readonly declarations: readonly LedgerDeclaration[];
  readonly counts: ReadonlyMap<string, number>;
  readonly usualActivity: readonly (UsualActivityDeclaration & { readonly template: string })[];
  readonly evaluations: readonly LedgerEvaluation[];
}

export function ledgerPart(assembly: Assembly, judgements: readonly Judgement[]): LedgerPart {
  return { ...describeAssembly(assembly), evaluations: judgements.map((judgement) => describeJudgement(judgement)) };
}

/** A part with its evaluations as text, which takes a fraction of the memory. */
export interface WrittenPart extends Omit<LedgerPart, 'evaluations'> {
  readonly evaluations: readonly Piece[];
}

/** Writes what an assembly adds to a ledger as it is judged, so that no judgement need be kept for it. */
export class PartWriter {
  private readonly text = new PieceWriter();
  private readonly judgements: JudgementWriter;

  constructor(
    private readonly assembly: Assembly,
    sourceOf?: SourceOf,
  ) {
    this.judgements = new JudgementWriter(this.text, sourceOf);
  }

  /** Add a judgement; they come in the order of the ledger. */
  public add(judgement: Judgement): void {
    this.judgements.write(judgement);
  }

  public part(): WrittenPart {
    return { ...describeAssembly(this.assembly), evaluations: this.text.pieces() };
  }
}

function describeAssembly(assembly: Assembly): Omit<LedgerPart, 'evaluations'> {
  return {
    templates: assembly.templates.map((template) => describeTemplate(template, assembly)),
    declarations: assembly.templates.flatMap(({ body, origin: { path } }) =>
      declaredIn(body).map((declared) => ({ template: path, ...declared })),
    ),
    counts: new Map(assembly.types.map((type) => [type, assembly.ofType(type).length])),
    usualActivity: assembly.templates.flatMap(({ body, path }) =>
      usualActivityIn(body).map((each) => ({ ...each, template: path })),
    ),
  };
}

/** What a ledger is made of. */
export interface LedgerInput<Part = LedgerPart>
  extends Pick<Ledger, 'settings' | 'exceptions' | 'inherited' | 'excluded' | 'alarms' | 'notes'> {
  readonly parts: readonly Part[];
  readonly rules: readonly Rule[];
  readonly time: Date;
  readonly commit?: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Everything in a ledger but the id that it gives. */
export type LedgerContent = Omit<Ledger, 'synthesis'> & { readonly synthesis: Omit<LedgerSynthesis, 'id'> };

export function buildLedger(input: LedgerInput): LedgerContent {
  return { ...contentOf(input), evaluations: input.parts.flatMap((part) => part.evaluations) };
}

/** A ledger as text, one record a line. In pieces, for as one it may be larger than memory. */
export function writeLedger(input: LedgerInput<WrittenPart>): Piece[] {
  const content = contentOf(input);
  const evaluations = separated(input.parts.map((part) => part.evaluations).filter(({ length }) => length > 0)).flat();
  const id = digest(piecesOf(content, evaluations));
  return piecesOf({ ...content, synthesis: { id, ...content.synthesis } }, evaluations);
}

/** The id that a ledger must have, given its content. */
export function expectedId(ledger: Ledger): string {
  const { id: _, ...synthesis } = ledger.synthesis;
  const { evaluations } = ledger;
  return digest(piecesOf({ ...ledger, synthesis }, evaluations.length === 0 ? [] : [linesOf(evaluations)]));
}

function contentOf(input: LedgerInput<Omit<LedgerPart, 'evaluations'>>): LedgerContent {
  const { parts, rules, settings, exceptions, inherited, excluded, alarms, notes } = input;
  return {
    schemaVersion: SCHEMA_VERSION,
    synthesis: { time: input.time.toISOString(), commit: input.commit ?? null, versions: input.versions },
    settings,
    templates: parts.flatMap((part) => part.templates),
    population: populationOf(
      parts,
      rules.filter((rule) => isInScope(rule, settings.scope)),
    ),
    declarations: parts.flatMap((part) => part.declarations),
    rules: inOrderOfIds(rules).map(describeRule),
    evaluations: [],
    exceptions,
    inherited,
    excluded,
    usualActivity: parts
      .flatMap((part) => part.usualActivity)
      .map((each) => ({ ...each, state: isOver(each.expires, input.time) ? 'expired' : 'active' })),
    alarms,
    notes,
  };
}

function piecesOf(content: object, evaluations: readonly Piece[]): Piece[] {
  const members = Object.entries(content).map(([key, value]): Piece[] => {
    const name = `${JSON.stringify(key)}: `;
    if (key === 'evaluations' && evaluations.length > 0) return [`${name}[\n`, ...evaluations, '\n]'];
    return [name + (Array.isArray(value) && value.length > 0 ? `[\n${linesOf(value)}\n]` : JSON.stringify(value))];
  });
  return ['{\n', ...separated(members).flat(), '\n}\n'];
}

function separated<T>(items: readonly T[]): (T | string)[] {
  return items.flatMap((item, index) => (index === 0 ? [item] : [',\n', item]));
}

function linesOf(records: readonly unknown[]): string {
  return records.map((record) => JSON.stringify(record)).join(',\n');
}

function digest(pieces: readonly Piece[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

function describeTemplate(template: Template, assembly: Assembly): LedgerTemplate {
  const { path, sha256, stack = null, account = null, region = null } = template.origin;
  const environment = assembly.environmentOf(template).id;
  return { path, sha256, stack, account, region, environment, declared: declaredEnvironment(template.body) ?? null };
}

function describeRule({ id, slug, title, criteria, control, severity }: Rule): LedgerRule {
  return { rule: id, slug, title, criteria, control, severity };
}

function populationOf(parts: readonly Pick<LedgerPart, 'counts'>[], rules: readonly Rule[]): LedgerPopulation[] {
  const counts = new Map<string, number>();
  for (const part of parts) for (const [type, count] of part.counts) counts.set(type, (counts.get(type) ?? 0) + count);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => ({ type, count, rules: rules.filter((rule) => rule.resourceTypes.includes(type)).length }));
}
