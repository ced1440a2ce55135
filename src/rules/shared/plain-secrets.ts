import { isObject, type Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { isSecretText, secretIn } from './secret-formats';
import { isSecretName } from './secret-names';

const EXPECTED = 'the name of a secret that is read at run time';

/** Fields of a secret that are none. */
const HARMLESS = 'dbClusterIdentifier|dbInstanceIdentifier|dbname|engine|host|port|user|username';
const RESOLVED_SECRET = new RegExp(`\\$\\{resolve secretsmanager:(?![^}]*:SecretString:(?:${HARMLESS})\\b)`);
const RESOLVED_PARAMETER = /^\$\{resolve ssm:[^}]*\}$/;

/** Findings on a secret that a value shows, as far as its name, its text and its origin tell. */
export function plainSecret(name: string, value: Value): Observation[] {
  const { isAbsent, origin } = value;
  if (isAbsent || (origin && !OPEN_TYPES.test(origin.type) && !SECRET_ATTRIBUTE.test(origin.attribute))) return [];
  const { text } = value;
  const kind = secretIn(text);
  if (kind !== undefined) return [shows(value, `${name} holds ${kind}`)];
  const isNamed = isSecretName(name);
  if (value.isKnown) return isNamed && isPlain(value) ? [shows(value, `${name} is a secret in plain text`)] : [];
  if (RESOLVED_SECRET.test(text) || (isNamed && RESOLVED_PARAMETER.test(text)))
    return [shows(value, `${name} is filled with a secret at deployment, and shows it from then on`)];
  const hidden = hiddenParameter(value);
  if (hidden !== undefined) return [shows(value, `${name} shows what the parameter '${hidden}' hides`)];
  const [, owner, attribute] = WITH_SECRET_ATTRIBUTE.exec(text) ?? [];
  if (owner !== undefined) return [shows(value, `${name} is the ${attribute} of '${owner}'`)];
  const isOpen = value.mentions().every(({ type }) => OPEN_TYPES.test(type));
  return isNamed && isOpen && isSecretText(text) ? [value.undetermined(EXPECTED)] : [];
}

/** Attributes of resources that are secrets, also where a custom resource reads them. */
const SECRET_ATTRIBUTE = /(^|\.)(SecretAccessKey|ClientSecret)$/;
const WITH_SECRET_ATTRIBUTE = /\$\{([A-Za-z0-9]+)\.(?:[\w.]*\.)?(SecretAccessKey|ClientSecret)\}/;

/** Resources whose attributes may be any text; those of others are names. */
const OPEN_TYPES = /^(Custom::|AWS::CloudFormation::)/;

/** The finding, which must not repeat the secret. */
function shows({ resource, path }: Value, problem: string): Observation {
  return { kind: 'fail', resource, path, problem, found: 'a secret', expected: EXPECTED };
}

function isPlain(value: Value): boolean {
  const { string } = value;
  return string !== undefined && isSecretText(string) && value.targets('AWS::SecretsManager::Secret').length === 0;
}

/** The first parameter with `NoEcho` that is part of a value. */
function hiddenParameter(value: Value): string | undefined {
  const { template } = value.resource.entry;
  for (const [, name] of value.text.matchAll(/\$\{([A-Za-z0-9]+)\}/g))
    if (isHidden(template.section('Parameters', name))) return name;
  return undefined;
}

/** Whether CloudFormation keeps the value of a parameter out of what it shows. */
export function isHidden(declaration: Json | undefined): boolean {
  return isObject(declaration) && String(declaration.NoEcho).toLowerCase() === 'true';
}
