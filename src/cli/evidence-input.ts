import { readFileSync } from 'node:fs';
import { expectedId, type Ledger } from '../checks/ledger';
import { currentTime } from '../checks/provenance';
import { serverAccessOf } from '../evidence/access/server-access';
import type { EvidenceInput, RuleGuidance } from '../evidence/evidence';
import { firewallRulesOf } from '../evidence/network/firewall-rules';
import { picturesOf } from '../evidence/network/pictures';
import type { Assembly } from '../model/assembly';
import { InputError } from '../model/errors';
import { isCloudAssembly } from '../model/load-cloud-assembly';
import { loadFiles, rootOf } from '../model/load-files';
import { RULES } from '../rules';
import { AuditRun } from './audit';
import { compareTemplates } from './compare-ledgers';
import { type JudgeSettings, judgeLoaded } from './judge-loaded';
import { LedgerFile } from './ledger-file';

export interface InputOptions {
  /** What the system is called; the names of its stacks say it otherwise. */
  readonly system?: string;
  readonly asOne: boolean;
  readonly strict: boolean;
  readonly onProgress: (what: string) => void;
}

/** What evidence is made of, and the input that could not be used, one line each. */
export interface LoadedInput {
  readonly input: EvidenceInput;
  readonly refused: readonly string[];
}

/**
 * Read what evidence is made of.
 *
 * A cloud assembly has a ledger: it is taken as it was written, with what the app knew. Everything else is judged here.
 */
export function evidenceInput(paths: readonly string[], options: InputOptions): LoadedInput {
  const [first] = paths;
  const recorded = paths.length === 1 && isCloudAssembly(first) ? LedgerFile.in(first) : undefined;
  const settings: JudgeSettings = {
    root: rootOf(paths),
    strict: options.strict,
    all: false,
    writesLedger: true,
    now: currentTime(),
  };
  const run = new AuditRun(settings);
  const assemblies: Assembly[] = [];
  for (const loaded of loadFiles(paths, { asOne: options.asOne })) {
    options.onProgress(`reading ${loaded.path}`);
    if (loaded.kind === 'assembly') assemblies.push(loaded.assembly);
    if (!recorded?.exists) run.take(judgeLoaded(loaded, settings));
    else if (loaded.kind === 'error') throw loaded.error;
  }
  // Evidence of nothing would look like evidence.
  if (assemblies.length === 0) throw new InputError(run.refused[0] ?? `${paths.join(', ')}: holds no CloudFormation template`);
  const { ledger, text } = recorded?.exists ? recordedLedger(recorded, assemblies) : judgedLedger(run);
  return {
    refused: run.refused,
    input: {
      system: options.system,
      ledger,
      ledgerText: text,
      guidance: guidance(),
      environments: assemblies.flatMap(({ environments }) => environments),
      firewallRules: firewallRulesOf(assemblies),
      serverAccess: serverAccessOf(assemblies),
      pictures: picturesOf(assemblies, ledger.synthesis.time),
    },
  };
}

function recordedLedger(file: LedgerFile, assemblies: readonly Assembly[]): { readonly ledger: Ledger; readonly text: string } {
  const ledger = file.read();
  const [stale] = compareTemplates(
    ledger.templates,
    assemblies.flatMap(({ templates }) => templates),
  );
  if (stale !== undefined) throw new InputError(`${stale}; run cdk synth again`);
  if (expectedId(ledger) !== ledger.synthesis.id)
    throw new InputError(`${file.path}: was altered: its id does not match its content; run cdk synth again`);
  const listed = new Set(ledger.rules.map(({ rule }) => rule));
  const unlisted = ledger.evaluations.find(({ rule }) => !listed.has(rule));
  if (unlisted) throw new InputError(`${file.path}: has verdicts of the rule ${unlisted.rule}, and does not list it`);
  return { ledger, text: readFileSync(file.path, 'utf8') };
}

function judgedLedger(run: AuditRun): { readonly ledger: Ledger; readonly text: string } {
  const text = Buffer.concat(run.ledger().map((piece) => Buffer.from(piece as string))).toString();
  return { ledger: JSON.parse(text) as Ledger, text };
}

function guidance(): ReadonlyMap<string, RuleGuidance> {
  return new Map(RULES.map(({ id, rationale, remediation, references }) => [id, { rationale, remediation, references }]));
}
