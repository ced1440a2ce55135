import type { Value } from '../../model/value';

/** An operation of an OpenAPI definition. */
export interface Operation {
  /** Method and path, for example `GET /orders`. */
  readonly name: string;
  readonly value: Value;
}

const METHODS = new Set(['delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'trace', 'x-amazon-apigateway-any-method']);

/** The operations of an OpenAPI definition. */
export function operationsOf(body: Value): Operation[] {
  return body
    .at('paths')
    .entries()
    .flatMap(([path, item]) =>
      item
        .entries()
        .filter(([method]) => METHODS.has(method))
        .map(([method, value]) => ({ name: `${method.toUpperCase()} ${path}`, value })),
    );
}

/** Whether API Gateway authorizes who calls an operation. A scheme that no authorizer stands behind is a description only. */
export function isAuthorized(operation: Value, body: Value): boolean {
  const own = operation.at('x-amazon-apigateway-auth.type');
  if (!own.isAbsent) return own.isKnown && own.string !== 'NONE';
  const required = operation.at('security').isAbsent ? body.at('security') : operation.at('security');
  const alternatives = required.items().map((each) => each.entries().map(([name]) => name));
  const enforced = new Set(
    schemesOf(body)
      .filter(([, scheme]) => isEnforced(scheme))
      .map(([name]) => name),
  );
  return alternatives.length > 0 && alternatives.every((names) => names.some((name) => enforced.has(name)));
}

function schemesOf(body: Value): [string, Value][] {
  return [...body.at('securityDefinitions').entries(), ...body.at('components.securitySchemes').entries()];
}

function isEnforced(scheme: Value): boolean {
  return !scheme.at('x-amazon-apigateway-authorizer').isAbsent || scheme.at('x-amazon-apigateway-authtype').string === 'awsSigv4';
}
