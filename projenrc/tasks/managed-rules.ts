/**
 * Takes over from a dump of the managed rules of AWS Config what the generated table needs to know of those that our rules name.
 *
 *     ts-node --transpile-only --project projenrc/tsconfig.json projenrc/tasks/managed-rules.ts FILE
 *
 * FILE is `aws_managed_rules.json.gz` of the emulator that the tests use (in its folder `config/resources`), read from the pages of
 * the AWS Config Developer Guide.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { namedIn } from '../docs/config-rules-ts';
import type { ManagedRule } from '../docs/managed-rule';

interface Dumped {
  readonly 'AWS Region': string;
  readonly Parameters: readonly { readonly Name: string; readonly Optional: boolean }[];
}

const REGIONS: Readonly<Record<string, string>> = {
  'AWS GovCloud (US-East)': 'us-gov-east-1',
  'AWS GovCloud (US-West)': 'us-gov-west-1',
  'Africa (Cape Town)': 'af-south-1',
  'Asia Pacific (Hong Kong)': 'ap-east-1',
  'Asia Pacific (Hyderabad)': 'ap-south-2',
  'Asia Pacific (Jakarta)': 'ap-southeast-3',
  'Asia Pacific (Malaysia)': 'ap-southeast-5',
  'Asia Pacific (Melbourne)': 'ap-southeast-4',
  'Asia Pacific (Mumbai)': 'ap-south-1',
  'Asia Pacific (New Zealand)': 'ap-southeast-6',
  'Asia Pacific (Osaka)': 'ap-northeast-3',
  'Asia Pacific (Seoul)': 'ap-northeast-2',
  'Asia Pacific (Singapore)': 'ap-southeast-1',
  'Asia Pacific (Sydney)': 'ap-southeast-2',
  'Asia Pacific (Taipei)': 'ap-east-2',
  'Asia Pacific (Thailand)': 'ap-southeast-7',
  'Asia Pacific (Tokyo)': 'ap-northeast-1',
  'Canada (Central)': 'ca-central-1',
  'Canada West (Calgary)': 'ca-west-1',
  'China (Beijing)': 'cn-north-1',
  'China (Ningxia)': 'cn-northwest-1',
  'Europe (Frankfurt)': 'eu-central-1',
  'Europe (Ireland)': 'eu-west-1',
  'Europe (London)': 'eu-west-2',
  'Europe (Milan)': 'eu-south-1',
  'Europe (Paris)': 'eu-west-3',
  'Europe (Spain)': 'eu-south-2',
  'Europe (Stockholm)': 'eu-north-1',
  'Europe (Zurich)': 'eu-central-2',
  'Israel (Tel Aviv)': 'il-central-1',
  'Mexico (Central)': 'mx-central-1',
  'Middle East (Bahrain)': 'me-south-1',
  'Middle East (UAE)': 'me-central-1',
  'South America (Sao Paulo)': 'sa-east-1',
  'US East (N. Virginia)': 'us-east-1',
  'US East (Ohio)': 'us-east-2',
  'US West (N. California)': 'us-west-1',
  'US West (Oregon)': 'us-west-2',
};

/** `All supported AWS regions except …`, `Only available in … Region`. */
function regionsIn(text: string): Pick<ManagedRule, 'onlyIn' | 'notIn'> {
  const [, how, names] = /^(All supported AWS regions(?: except)?|Only available in) ?(.*?)(?: Region)?$/.exec(text) ?? [];
  if (how === undefined) throw new Error(`Regions must be 'All supported …' or 'Only available in …', got '${text}'`);
  const codes = (names || '').split(/, (?=[A-Z])/).filter(Boolean);
  const unknown = codes.find((name) => REGIONS[name] === undefined);
  if (unknown !== undefined) throw new Error(`The Region '${unknown}' has no code in projenrc/tasks/managed-rules.ts: add it`);
  const regions = codes.map((name) => REGIONS[name]).sort();
  if (regions.length === 0) return {};
  return how.startsWith('Only') ? { onlyIn: regions } : { notIn: regions };
}

const file = process.argv[2];
const bytes = readFileSync(file);
const dump = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')).ManagedRules as Record<
  string,
  Dumped
>;
const { RULES } = require('../../src/rules') as typeof import('../../src/rules');
const named = [...new Set(RULES.flatMap(namedIn))].sort();
const known = named.flatMap((identifier): [string, ManagedRule][] => {
  const found = dump[identifier];
  if (!found) return [];
  const required = found.Parameters.filter(({ Optional }) => !Optional).map(({ Name }) => Name);
  return [[identifier, { ...(required.length > 0 && { required }), ...regionsIn(found['AWS Region']) }]];
});
const lines = known.map(([identifier, rule]) => `  ${JSON.stringify(identifier)}: ${JSON.stringify(rule)}`);
writeFileSync(join(__dirname, '..', 'docs', 'managed-rules.json'), `{\n${lines.join(',\n')}\n}\n`);
console.log(`${known.length} managed rules; not in the dump: ${named.filter((each) => !dump[each]).join(', ')}`);
