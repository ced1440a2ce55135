import type { Json, JsonObject } from '../../model/json';
import type { Example } from '../rule';

interface Subject {
  readonly type: string;
  /** Dotted path of the flag below `Properties`. */
  readonly path: string;
  /** The rest of the properties. */
  readonly properties?: JsonObject;
  /** What the flag should be; `true` when not given. */
  readonly wanted?: boolean;
  /** Whether the service does right when the flag is not set. */
  readonly safeByDefault?: boolean;
}

type Examples = Readonly<Record<string, Example>>;

/** Examples of a rule about a flag of a resource. */
export function flagExamples({ type, path, properties = {}, wanted = true, safeByDefault = false }: Subject): {
  readonly pass: Examples;
  readonly fail: Examples;
  readonly undetermined: Examples;
} {
  const resource = (value?: Json) => ({
    Data: { Type: type, Properties: { ...properties, ...(value === undefined ? {} : nested(path.split('.'), value)) } },
  });
  const [right, wrong] = wanted ? ['on', 'off'] : ['off', 'on'];
  const absent = { 'it is not mentioned': resource() };
  return {
    pass: {
      [`it is ${right}`]: resource(wanted),
      [`it is ${right}, as text`]: resource(String(wanted)),
      ...(safeByDefault && absent),
    },
    fail: {
      [`it is ${wrong}`]: resource(!wanted),
      ...(!safeByDefault && absent),
      [`it is ${wrong} in one branch of a condition`]: {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: resource({ 'Fn::If': ['IsProduction', wanted, !wanted] }),
      },
    },
    undetermined: {
      'a parameter decides': { Parameters: { Flag: { Type: 'String' } }, Resources: resource({ Ref: 'Flag' }) },
    },
  };
}

function nested([key, ...rest]: readonly string[], value: Json): JsonObject {
  return { [key]: rest.length === 0 ? value : nested(rest, value) };
}
