import type { Finding, Note, Place } from '../model/observation';
import { constructPathOf } from '../model/resource';
import type { ResourceEntry } from '../model/template';
import type { Rule } from '../rules/rule';
import type { Evaluation } from './evaluate';
import type { AppliedException, Judgement, Verdict } from './judge';
import type { LedgerEvaluation, LedgerFinding, LedgerNote } from './ledger';
import type { PieceWriter } from './pieces';

/** Tells where the construct of a resource was written. */
export type SourceOf = (entry: ResourceEntry) => string | undefined;

/** A judgement as the ledger records it. */
export function describeJudgement(judgement: Judgement, sourceOf?: SourceOf): LedgerEvaluation {
  const { evaluation, verdict } = judgement;
  return Object.assign(
    describeVerdict(evaluation.rule, verdict),
    describePlace(evaluation),
    describeReasons(judgement, sourceOf),
  );
}

/**
 * Writes judgements as the ledger's text records them, one a line.
 *
 * There may be hundreds of thousands, so that what many have in common is put into text once.
 */
export class JudgementWriter {
  private last?: Evaluation;
  private place = '';
  private source?: { readonly text?: string };

  constructor(
    private readonly text: PieceWriter,
    private readonly sourceOf?: SourceOf,
  ) {}

  public write(judgement: Judgement): void {
    const { evaluation, verdict } = judgement;
    const { last, text } = this;
    if (last === undefined || evaluation.entry !== last.entry || evaluation.environment !== last.environment) {
      this.place = membersOf(describePlace(evaluation));
      this.source = undefined;
    }
    const head = headOf(evaluation.rule, verdict);
    text.write(last === undefined ? head.slice(BETWEEN.length) : head);
    text.write(this.place);
    text.write(
      isPlainPass(judgement) ? NO_FINDINGS : `,${membersOf(describeReasons(judgement, (entry) => this.sourceOnce(entry)))}}`,
    );
    this.last = evaluation;
  }

  private sourceOnce(entry: ResourceEntry): string | undefined {
    this.source ??= { text: this.sourceOf?.(entry) };
    return this.source.text;
  }
}

const BETWEEN = ',\n';

const NO_FINDINGS = `,${membersOf({ findings: [] })}}`;

const HEADS = new WeakMap<Rule, Map<Verdict, string>>();

/** How the line of a verdict begins, with the end of the line before. */
function headOf(rule: Rule, verdict: Verdict): string {
  let heads = HEADS.get(rule);
  if (!heads) {
    heads = new Map();
    HEADS.set(rule, heads);
  }
  let head = heads.get(verdict);
  if (head === undefined) {
    head = `${BETWEEN}{${membersOf(describeVerdict(rule, verdict))},`;
    heads.set(verdict, head);
  }
  return head;
}

/** Whether there is nothing to say but that it passes: so it is with most. */
function isPlainPass({ evaluation, verdict }: Judgement): boolean {
  return verdict === 'pass' && evaluation.notes.length === 0;
}

function membersOf(record: object): string {
  return JSON.stringify(record).slice(1, -1);
}

function describeVerdict({ id, slug, criteria, severity }: Rule, verdict: Verdict) {
  return { rule: id, slug, criteria, severity, verdict };
}

function describePlace({ environment, entry }: Evaluation) {
  return {
    environment: environment.id,
    template: entry?.template.path,
    logicalId: entry?.logicalId,
    resourceType: entry?.type,
    constructPath: entry && constructPathOf(entry),
  };
}

function describeReasons({ evaluation, verdict, exception, inherited }: Judgement, sourceOf?: SourceOf) {
  const { entry, findings, notes } = evaluation;
  return {
    source: entry && verdict !== 'pass' ? sourceOf?.(entry) : undefined,
    findings: findings.map((finding) => describeFinding(finding, entry)),
    notes: notes.length > 0 ? notes.map((note) => describeNote(note, entry)) : undefined,
    exception: exception && describeException(exception),
    inherited,
  };
}

function describeException({ state, declaration, acknowledgement }: AppliedException): LedgerEvaluation['exception'] {
  const { ids: acknowledged, at } = acknowledgement ?? {};
  return { state, ...declaration, acknowledged, at };
}

function describeFinding(finding: Finding, judged: ResourceEntry | undefined): LedgerFinding {
  const { problem, found, expected, path, resource } = finding;
  const line =
    path === undefined
      ? undefined
      : resource?.entry.template.origin.lineOf?.(['Resources', resource.logicalId, ...path.split('.')]);
  const other = elsewhere(finding, judged);
  return { path, template: other?.entry.template.path, logicalId: other?.logicalId, problem, found, expected, line };
}

function describeNote(note: Note, judged: ResourceEntry | undefined): LedgerNote {
  const other = elsewhere(note, judged);
  return { path: note.path, template: other?.entry.template.path, logicalId: other?.logicalId, text: note.text };
}

/** The resource that something is said of, when it is not the one that was judged. */
function elsewhere({ resource }: Finding | Note, judged: ResourceEntry | undefined): Place | undefined {
  return resource?.entry === judged ? undefined : resource;
}
