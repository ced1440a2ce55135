import { Token } from 'aws-cdk-lib';

/** Roles as guardrails know them: by ARNs with placeholders. Whatever may be in a name of a role or its path may be in there. */
export function roleArns(option: string, names: readonly string[]): readonly string[] {
  return names.map((name) => {
    if (Token.isUnresolved(name)) {
      throw new Error(
        `'${option}' must be names of roles or ARNs, got a token: the size of the policies must be known at synthesis`,
      );
    }
    if (/^arn:[^:]+:iam::[^:]*:(role|user)\/[^*?].*$/.test(name)) return name;
    if (/^[\w+=,.@-][\w+=,.@*/-]*$/.test(name)) return `arn:*:iam::*:role/${name}`;
    throw new Error(
      `'${option}' must be names of roles, with their path and with * as placeholder but not at the beginning, or ARNs of roles or users, ` +
        `got '${name}': a role that anybody can make would be spared by every guardrail`,
    );
  });
}
