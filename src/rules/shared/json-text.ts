import { isObject, type Json } from '../../model/json';
import type { Value } from '../../model/value';

/** Strings of a JSON text, and `${…}` that stands outside of them: a number or a list that only deployment knows. */
const STRING_OR_HOLE = /"(?:[^"\\]|\\.)*"|\$\{[^}]*\}/g;

/** What a JSON text says, also where parts of it are known only at deployment; any other value is returned as it is. */
export function fromJsonText(value: Value): Value {
  return value.isAbsent || (value.isKnown && value.string === undefined) ? value : value.once(readJsonText);
}

function readJsonText(value: Value): Value {
  const { text } = value;
  if (!/^\s*[[{]/.test(text)) return value;
  let json: Json;
  try {
    json = JSON.parse(text.replace(STRING_OR_HOLE, (match) => (match.startsWith('"') ? match : JSON.stringify(match))));
  } catch {
    return value;
  }
  return value.reread(value.isKnown ? json : withHoles(json));
}

/** `${…}` in a text becomes unknown again; policy variables such as `${aws:username}` are part of the text. */
function withHoles(json: Json): Json {
  if (typeof json === 'string')
    return json.includes('${') ? { 'Fn::Sub': json.replace(/\$\{(?=[a-z][a-z0-9-]*:)/g, '${!') } : json;
  if (Array.isArray(json)) return json.map(withHoles);
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, member]) => [key, withHoles(member)]));
}
