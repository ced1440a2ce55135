import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';
import type { CloudFormationTemplate } from '../helpers/construct';

/** The account that calls come from and go to, and its organization. */
export const MEMBER = '444455556666';
export const ORGANIZATION = 'o-a1b2c3d4e5';

/** Who calls. */
export interface Caller {
  readonly principal: string | typeof anonymousPrincipal;
  readonly context: Readonly<Record<string, string>>;
}

/** A call of an API of AWS. */
export interface Call {
  readonly action: string;
  /** @default - every resource: the action has none */
  readonly on?: string;
  /** @default - a developer in the account */
  readonly by?: Caller;
  readonly context?: Readonly<Record<string, string>>;
}

/** A role of the account, or of another one in the organization. */
export function role(path: string, account = MEMBER, organization = ORGANIZATION): Caller {
  const arn = `arn:aws:iam::${account}:role/${path}`;
  return {
    principal: arn,
    context: {
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': account,
      'aws:PrincipalOrgID': organization,
      'aws:PrincipalIsAWSService': 'false',
    },
  };
}

/** A user of the account. */
export function user(path: string): Caller {
  const arn = `arn:aws:iam::${MEMBER}:user/${path}`;
  return { principal: arn, context: { ...role('Developer').context, 'aws:PrincipalArn': arn } };
}

export const DEVELOPER = role('Developer');

/** The root user of the account. */
export const ROOT: Caller = {
  principal: `arn:aws:iam::${MEMBER}:root`,
  context: { ...DEVELOPER.context, 'aws:PrincipalArn': `arn:aws:iam::${MEMBER}:root` },
};

/** Somebody who does not say who they are. */
export const ANYBODY: Caller = { principal: anonymousPrincipal, context: { 'aws:PrincipalIsAWSService': 'false' } };

/** A service of AWS, on behalf of an account where it says so. */
export function service(principal: string, context: Readonly<Record<string, string>> = {}): Caller {
  return { principal, context: { 'aws:PrincipalIsAWSService': 'true', ...context } };
}

const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const LET_EVERYBODY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

/**
 * Whether a call goes through under the policies of a template, where the caller has every right, and the resource lets everybody in:
 * only guardrails can stop it.
 */
export async function isAllowed(template: Pick<CloudFormationTemplate, 'Resources'>, call: Call): Promise<boolean> {
  const { action, on = '*', by = DEVELOPER, context = {} } = call;
  const isOutside = by.context['aws:PrincipalOrgID'] !== ORGANIZATION;
  const response = await runSimulation(
    {
      request: {
        action,
        principal: by.principal,
        resource: { resource: on, accountId: MEMBER },
        contextVariables: { 'aws:RequestedRegion': 'eu-west-1', 'aws:SecureTransport': 'true', ...by.context, ...context },
      },
      identityPolicies:
        typeof by.principal === 'string' && by.principal.startsWith('arn:') ? [{ name: 'All', policy: ALLOW_ALL }] : [],
      // Policies about callers hold for those of the organization.
      serviceControlPolicies: isOutside ? [] : [level(template, 'SERVICE_CONTROL_POLICY', [ALLOW_ALL])],
      resourceControlPolicies: [level(template, 'RESOURCE_CONTROL_POLICY', [])],
      resourcePolicy: on === '*' ? undefined : LET_EVERYBODY,
    },
    {},
  );
  if (response.resultType === 'error') throw new Error(`${action}: ${JSON.stringify(response.errors)}`);
  return response.overallResult === 'Allowed';
}

function level({ Resources }: Pick<CloudFormationTemplate, 'Resources'>, type: string, before: readonly unknown[]) {
  const policies = Object.values(Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::Organizations::Policy' && Properties.Type === type,
  );
  const contents = [...before, ...policies.map(({ Properties }) => Properties.Content)];
  return { orgIdentifier: 'r-ab12', policies: contents.map((policy, index) => ({ name: `${type}${index}`, policy })) };
}
