import type { ConfigRule } from './config-rule';

/** A conformance pack of AWS Config. */
export interface ConformancePack {
  readonly name: string;
  /** The template, in YAML. */
  readonly body: string;
  readonly rules: readonly ConfigRule[];
}

/**
 * Limits of a pack.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutConformancePack.html
 */
export const MAX_RULES = 130;
export const MAX_BYTES = 51_200;

/** One pack for each series of criteria (CC6, CC7, A1 …), in as many parts as the limits want. */
export function packsOf(rules: readonly ConfigRule[], prefix: string): ConformancePack[] {
  const series = new Map<string, ConfigRule[]>();
  for (const rule of rules) {
    const key = rule.criteria[0].split('.')[0];
    series.set(key, [...(series.get(key) ?? []), rule]);
  }
  return [...series].sort(([a], [b]) => a.localeCompare(b)).flatMap(([key, members]) => parts(members, `${prefix}-${key}`));
}

function parts(rules: readonly ConfigRule[], name: string): ConformancePack[] {
  const chunks: ConfigRule[][] = [[]];
  for (const rule of rules) {
    const last = chunks[chunks.length - 1];
    if (last.length < MAX_RULES && fits([...last, rule])) last.push(rule);
    else chunks.push([rule]);
  }
  return chunks.map((chunk, index) => ({
    name: index === 0 ? name : `${name}-${index + 1}`,
    body: bodyOf(chunk),
    rules: chunk,
  }));
}

const fits = (rules: readonly ConfigRule[]) => Buffer.byteLength(bodyOf(rules)) <= MAX_BYTES;

function bodyOf(rules: readonly ConfigRule[]): string {
  return ['Resources:', ...rules.flatMap(resourceOf), ''].join('\n');
}

/** Values in quotes, as JSON writes them, are values in quotes in YAML. */
function resourceOf({ identifier, slugs, criteria, parameters = {} }: ConfigRule): string[] {
  const words = identifier.toLowerCase().split('_');
  const entries = Object.entries(parameters);
  const description = `Judges what is deployed as ${slugs.join(', ')} judge templates. Supports ${criteria.join(', ')}.`;
  return [
    `  ${words.map((word) => word[0].toUpperCase() + word.slice(1)).join('')}:`,
    '    Type: AWS::Config::ConfigRule',
    '    Properties:',
    `      ConfigRuleName: ${words.join('-')}`,
    `      Description: ${JSON.stringify(description)}`,
    ...(entries.length > 0 ? ['      InputParameters:'] : []),
    ...entries.map(([name, value]) => `        ${name}: ${JSON.stringify(value)}`),
    '      Source:',
    '        Owner: AWS',
    `        SourceIdentifier: ${identifier}`,
  ];
}
