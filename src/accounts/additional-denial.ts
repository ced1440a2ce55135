import { Token } from 'aws-cdk-lib';
import { Effect, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Statement, short } from './guardrail';
import { unknownActions } from './iam-actions';

/** A denial of a user of the library, as a statement of a service control policy. */
export function additionalDenial(denial: PolicyStatement): Statement {
  const json: Record<string, unknown> = denial.toStatementJson();
  const name = denial.sid ?? JSON.stringify(json).slice(0, 80);
  if (denial.effect !== Effect.DENY) {
    throw new Error(
      `'additionalDenials' must deny, got a statement that allows: ${name}. Service control policies allow everything already; set ` +
        "'effect: Effect.DENY'",
    );
  }
  if (denial.hasPrincipal) {
    throw new Error(`'additionalDenials' must not name principals, got some: ${name}. Use a condition on 'aws:PrincipalArn'`);
  }
  const actions = [json.Action, json.NotAction].flat().filter((action) => typeof action === 'string');
  const [unknown] = unknownActions(actions.filter((action) => !Token.isUnresolved(action)));
  if (unknown !== undefined) {
    throw new Error(
      `'additionalDenials' must name actions that AWS has, got '${unknown}': it would deny nothing. Look it up in the Service ` +
        'Authorization Reference; where it is newer than this library, attach it in an `organizations.CfnPolicy`',
    );
  }
  // The CDK leaves a single resource in no list already.
  return { ...json, ...(Array.isArray(json.Resource) && { Resource: short(json.Resource) }) };
}
