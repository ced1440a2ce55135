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
  return numberValue(text) ?? text;
}

const SPECIAL_FIRST = new Set([...'fFnNoOtTyY~'].map((letter) => letter.charCodeAt(0)));
const NULL = /^(?:~|null|Null|NULL)?$/;
const TRUE = /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/;
const FALSE = /^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const FLOAT = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*|[0-9][0-9_]*(?=[eE]))(?:[eE][-+]?[0-9]+)?$/;
const OTHER_BASE = /^([-+]?)0(b[01_]+|[0-7_]+|x[0-9a-fA-F_]+)$/;
const BASE_60 = /^([-+]?)([0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)$/;

function numberValue(text: string): number | undefined {
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
