import type { Finding } from '@aws-sdk/client-inspector2';
import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';

/** A vulnerability that is accepted, as a parameter holds it. */
export interface Exception {
  readonly name: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly types: readonly string[];
  readonly resources?: readonly string[];
}

/** Exceptions, and how many findings each covers. */
export class Exceptions {
  private readonly counts = new Map<Exception, number>();

  constructor(
    private readonly declared: readonly Exception[],
    private readonly today: string,
  ) {}

  /** What covers a finding today; one whose last day is over covers nothing. */
  public coverOf(finding: Finding): Exception | undefined {
    const found = this.declared.find((each) => !this.isOver(each) && covers(each, finding));
    if (found) this.counts.set(found, (this.counts.get(found) ?? 0) + 1);
    return found;
  }

  /** For the report: every exception, also those that are over. */
  public get listed() {
    return this.declared.map((each) => ({ ...each, isOver: this.isOver(each), findings: this.counts.get(each) ?? 0 }));
  }

  private isOver({ expires }: Exception): boolean {
    return this.today > expires;
  }
}

/**
 * Every exception below a path.
 *
 * @throws when one of them is none: it might cover what nobody accepted, or never end.
 */
export async function readExceptions(client: SSMClient, Path: string): Promise<Exception[]> {
  const found: Exception[] = [];
  for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, { Path, Recursive: true })) {
    for (const { Name, Value = '' } of Parameters) {
      const read: unknown = JSON.parse(Value);
      if (!isException(read))
        throw new Error(`the parameter ${Name} must be an exception with a reason, an owner and a last day`);
      found.push(read);
    }
  }
  return found;
}

function isException(value: unknown): value is Exception {
  const { name, reason, owner, expires, types, resources } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    [name, reason, owner].every((each) => typeof each === 'string' && each.trim() !== '') &&
    typeof expires === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(expires) &&
    areTexts(types) &&
    types.every((each) => /[^\s*]/.test(each)) &&
    (resources === undefined || areTexts(resources))
  );
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function covers({ types, resources }: Exception, finding: Finding): boolean {
  const called = finding.packageVulnerabilityDetails?.vulnerabilityId ?? finding.title ?? '';
  const ids = (finding.resources ?? []).map(({ id = '' }) => id);
  return (
    types.some((pattern) => isLike(pattern, called)) &&
    (resources === undefined || (ids.length > 0 && ids.every((id) => resources.some((pattern) => isLike(pattern, id)))))
  );
}

/** Whether a text is like a pattern, in which `*` stands for anything. Taken piece by piece: no pattern can make it slow. */
function isLike(pattern: string, text: string): boolean {
  const [first, ...rest] = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  if (!lower.startsWith(first)) return false;
  if (rest.length === 0) return lower === first;
  const last = rest.pop()!;
  let place = first.length;
  for (const piece of rest) {
    const found = lower.indexOf(piece, place);
    if (found === -1) return false;
    place = found + piece.length;
  }
  return lower.length - last.length >= place && lower.endsWith(last);
}
