import type { Json } from './json';

/** Where in the text each member of a mapping or list begins. */
export type MemberOffsets = Map<object, Map<string | number, number>>;

/** Note where a member begins. */
export function noteOffset(offsets: MemberOffsets, container: object, member: string | number, offset: number): void {
  const known = offsets.get(container);
  if (known) known.set(member, offset);
  else offsets.set(container, new Map([[member, offset]]));
}

/** Functions that have a short form: `!Sub` for `Fn::Sub`. */
const SHORT_FORMS = new Set(
  (
    'And Base64 Cidr Contains EachMemberEquals EachMemberIn Equals FindInMap ForEach GetAtt GetAZs If ImportValue Join Length Not ' +
    'Or RefAll Select Split Sub ToJsonString Transform ValueOf ValueOfAll'
  ).split(' '),
);

/** The full name of the function that a tag such as `!Sub` is short for. */
export function functionOf(tag: string): string | undefined {
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return name;
  return SHORT_FORMS.has(name) ? `Fn::${name}` : undefined;
}

/** The argument of a function as JSON templates write it: `Name.Attribute` is a list of both. */
export function argumentOf(name: string, value: Json): Json {
  if (name !== 'Fn::GetAtt' || typeof value !== 'string') return value;
  const dot = value.indexOf('.');
  return dot === -1 ? value : [value.slice(0, dot), value.slice(dot + 1)];
}

const SPECIAL_FIRST = new Set([...'fFnNoOtTyY~'].map((letter) => letter.charCodeAt(0)));
const NULL = /^(?:~|null|Null|NULL)?$/;
const TRUE = /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/;
const FALSE = /^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const FLOAT = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*|[0-9][0-9_]*(?=[eE]))(?:[eE][-+]?[0-9]+)?$/;
const OTHER_BASE = /^([-+]?)0(b[01_]+|[0-7_]+|x[0-9a-fA-F_]+)$/;
const BASE_60 = /^([-+]?)([1-9][0-9_]*(?::[0-5]?[0-9])+)$/;

/**
 * What a text without quotes stands for.
 *
 * CloudFormation reads YAML 1.1, without its timestamps: `yes` and `on` are true, `0644` is octal, `2012-10-17` is a text.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export function scalarValue(text: string): string | number | boolean | null {
  const first = text.charCodeAt(0);
  // Letters that begin no special value make up most of any template.
  if (first > 0x40 && !SPECIAL_FIRST.has(first)) return text;
  if (NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  return first < 0x40 ? (numberOf(text) ?? text) : text;
}

function numberOf(text: string): number | undefined {
  if (DECIMAL.test(text) || FLOAT.test(text)) return Number(text.replaceAll('_', ''));
  const other = OTHER_BASE.exec(text);
  if (other) {
    const digits = other[2].replaceAll('_', '');
    const size = /^[bx]/.test(digits) ? Number(`0${digits}`) : Number.parseInt(digits || '0', 8);
    return other[1] === '-' ? -size : size;
  }
  const sixty = BASE_60.exec(text);
  if (!sixty) return undefined;
  const size = sixty[2].split(':').reduce((sum, part) => sum * 60 + Number(part.replaceAll('_', '')), 0);
  return sixty[1] === '-' ? -size : size;
}
