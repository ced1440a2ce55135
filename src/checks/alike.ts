import { intrinsicName, isObject, type Json, own } from '../model/json';
import { isPseudoParameter, pseudoParameter } from '../model/pseudo-parameters';
import type { ResourceEntry } from '../model/template';

/** A property that is written at greater length is not compared. */
const MOST_TEXT = 2_000;

/** What a value is compared within. */
interface Bounds {
  /** How much text may still be compared. */
  left: number;
  /** Whether it is part of a text, where `$` may begin what looks like a reference. */
  joined: number;
}

/**
 * A text that is the same for properties that rules cannot tell apart; undefined for one that depends on its template.
 *
 * Two properties are alike when they are the same but for the names of the resources that they refer to.
 *
 * @param line resources that are told apart from others, the one with the property last.
 */
export function likenessOf(line: readonly ResourceEntry[], property: string): string | undefined {
  const { Properties: properties } = line[line.length - 1].body;
  if (!isObject(properties)) return '';
  const value = own(properties, property);
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? likenessWithin(value, line, { left: MOST_TEXT, joined: 0 }) : scalar(value);
}

/** No two values have texts of which one begins the other. */
function scalar(value: string | number | boolean): string {
  return typeof value === 'string' ? `${value.length}:${value}` : `=${value},`;
}

function likenessWithin(value: Json, line: readonly ResourceEntry[], bounds: Bounds): string | undefined {
  if (value === null) return '=null,';
  if (typeof value !== 'object') {
    const text = scalar(value);
    if (bounds.joined > 0 && text.includes('$')) return undefined;
    bounds.left -= text.length;
    return bounds.left < 0 ? undefined : text;
  }
  const isList = Array.isArray(value);
  const name = isList ? undefined : intrinsicName(value);
  if (name !== undefined && !isList) return called(name, value[name], line, bounds);
  let text = isList ? '[' : '{';
  for (const key in value) {
    if (key.startsWith('Fn::')) return undefined;
    const member = likenessWithin((value as Record<string, Json>)[key], line, bounds);
    if (member === undefined) return undefined;
    text += isList ? member : scalar(key) + member;
    bounds.left -= key.length;
  }
  return text + (isList ? ']' : '}');
}

/** What a function says that gives the same wherever it stands, or the name of a resource; undefined for any other. */
function called(name: string, argument: Json, line: readonly ResourceEntry[], bounds: Bounds): string | undefined {
  if (name === 'Ref' && isPseudoParameter(argument))
    return `<${scalar(argument)}${scalar(pseudoParameter(argument, line[line.length - 1].template) ?? '')}>`;
  if (name !== 'Fn::Join') return reference(name, argument, line);
  bounds.joined++;
  const joined = likenessWithin(argument, line, bounds);
  bounds.joined--;
  return joined === undefined ? undefined : `<join ${joined}>`;
}

/** An attribute of a resource of the same template is like the same attribute of another resource of its type. */
function reference(name: string, argument: Json, line: readonly ResourceEntry[]): string | undefined {
  const parts = name === 'Ref' ? [argument, 'Ref'] : name !== 'Fn::GetAtt' ? [] : Array.isArray(argument) ? argument : [];
  const [logicalId, attribute, ...more] = parts;
  if (typeof logicalId !== 'string' || typeof attribute !== 'string' || more.length > 0) return undefined;
  const { template } = line[line.length - 1];
  const target = template.resources.get(logicalId);
  if (!target || attribute.startsWith('Outputs.') || template.section('Parameters', logicalId) !== undefined) return undefined;
  const place = line.indexOf(target);
  return `<${place < 0 ? scalar(target.type) : place}.${scalar(attribute)}>`;
}
