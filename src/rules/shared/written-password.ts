import { isObject, type Json, type JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import type { ResourceRule } from '../rule';

const EXPECTED = 'a reference to a secret of Secrets Manager';
const PARAMETER = /^\$\{([A-Za-z0-9]+)\}$/;

/** Expect a password not to stand in the template, nor in a parameter that shows it. */
export function mustNotBeWritten(password: Value): Observation[] {
  const { resource, path, isKnown, string } = password;
  if (isKnown) return string === '' ? [] : [finding('it stands in the template, for all who can read it or its history')];
  const [, name] = PARAMETER.exec(password.textWith(({ text }) => text ?? '')) ?? [];
  const declaration = name === undefined ? undefined : resource.entry.template.section('Parameters', name);
  if (!isObject(declaration)) return [];
  if (String(declaration.NoEcho).toLowerCase() !== 'true')
    return [finding(`parameter '${name}' has no NoEcho: it shows the password to all who may describe the stack`)];
  const { Default: preset } = declaration;
  const isWritten = preset !== undefined && preset !== '' && !String(preset).includes('{{resolve:');
  return isWritten ? [finding(`the default of parameter '${name}' is a password that stands in the template`)] : [];

  /** The finding must not repeat the password. */
  function finding(problem: string): Observation {
    return { kind: 'fail', resource, path, problem, found: 'a password', expected: EXPECTED };
  }
}

/** Types, `applies` and `check` of a rule about passwords, by the properties of each type that hold one. */
export function writtenPasswords(
  paths: Readonly<Record<string, readonly string[]>>,
): Required<Pick<ResourceRule, 'resourceTypes' | 'applies' | 'check'>> {
  const passwordsOf = (resource: Resource) =>
    paths[resource.type].flatMap((path) => resource.membersAt(path)).filter((password) => !password.isAbsent);
  return {
    resourceTypes: Object.keys(paths),
    applies: (resource) => passwordsOf(resource).length > 0,
    check: (resource) => passwordsOf(resource).flatMap(mustNotBeWritten),
  };
}

/** Examples of a rule that expects a property not to hold a written password. */
export function passwordExamples(make: (password: Json) => JsonObject) {
  const parameter = (more: object): JsonObject => ({
    Parameters: { Password: { Type: 'String', ...more } },
    Resources: make({ Ref: 'Password' }),
  });
  return {
    pass: {
      'the password is a reference to a secret': make('{{resolve:secretsmanager:orders:SecretString:password}}'),
      'the password is put together with the name of a secret': make({
        'Fn::Sub': '{{resolve:secretsmanager:${AWS::StackName}:SecretString:password}}',
      }),
      'a parameter hides the password': parameter({ NoEcho: true }),
      'a hidden parameter is empty unless it is set': parameter({ NoEcho: true, Default: '' }),
    },
    fail: {
      'the password stands in the template': make('correct horse'),
      'a parameter shows the password': parameter({}),
      'the default of a parameter is the password': parameter({ Default: 'correct horse' }),
      'the default of a hidden parameter is the password': parameter({ NoEcho: 'true', Default: 'correct horse' }),
    },
  };
}
