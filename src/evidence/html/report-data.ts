import { COLUMN_NAMES, COLUMNS, columnOf, WORDS } from '../counts';
import type { Evidence } from '../evidence';
import { visible } from '../text';

/** What the script of the report reads: each text once, and for each result numbers that point to them. */
export function reportData({ rules, results, ledger }: Evidence): object {
  const ruleNumbers = new Map(rules.map(({ rule }, index) => [rule.rule, index]));
  const environments = new Numbered<string>((id) => visible(id));
  const resources = new Numbered<object>((_, value) => value);
  const details: object[] = [];
  const rows = results.map(({ evaluation, blocking }) => {
    const { rule, template, logicalId, resourceType = '', constructPath = '', environment } = evaluation;
    const resource =
      template === undefined || logicalId === undefined
        ? -1
        : resources.of(`${template}\n${logicalId}`, {
            id: visible(logicalId),
            type: visible(resourceType),
            path: visible(constructPath),
            template: visible(template),
          });
    const { source, findings, notes, exception, inherited } = evaluation;
    const isPlain = findings.length === 0 && !source && !notes && !exception && !inherited;
    const detail = isPlain ? -1 : details.push(shown({ source, findings, notes, exception, inherited })) - 1;
    return [
      ruleNumbers.get(rule)!,
      COLUMN_NAMES.indexOf(columnOf(evaluation)),
      resource,
      environments.of(environment, environment),
      detail,
      blocking ? 1 : 0,
    ];
  });
  return {
    columns: COLUMN_NAMES,
    columnNames: COLUMNS,
    words: WORDS,
    rules: rules.map(({ rule, rationale, remediation }) => ({
      id: visible(rule.rule),
      slug: rule.slug,
      title: visible(rule.title),
      criteria: rule.criteria,
      control: rule.control,
      rationale,
      remediation,
    })),
    environments: environments.values,
    resources: resources.values,
    details,
    results: rows,
    ledger: ledger.synthesis.id,
  };
}

/** JSON that may stand in a page: nothing in it can end the element that it is in. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

/** Every text within a value made visible. */
function shown<T>(value: T): T {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map(shown) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shown(member)])) as T;
}

/** Values in the order of their first use, each with a number. */
class Numbered<V> {
  public readonly values: V[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(private readonly make: (key: string, value: V) => V) {}

  public of(key: string, value: V): number {
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.values.push(this.make(key, value)) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }
}
