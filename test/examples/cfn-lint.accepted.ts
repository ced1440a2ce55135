/** What cfn-lint reports with `--format json`, as far as it is read here. */
export interface CfnLintFinding {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Filename: string;
}

interface Accepted {
  readonly rule: string;
  readonly message: RegExp;
  readonly why: string;
}

const ACCEPTED: readonly Accepted[] = [
  {
    rule: 'W3005',
    message: /dependency already enforced/,
    why: 'The CDK writes dependencies out that references imply already; its own validation leaves this check out too.',
  },
  {
    rule: 'W3010',
    message: /Avoid hardcoding availability zones/,
    why: 'A look-up of the zones needs an AWS account, which whoever tries the example may not have.',
  },
  {
    rule: 'E3002',
    message: /'Tags' was unexpected/,
    why: "Listeners have tags since 2025 (the CDK's resource specification has them); the schema that cfn-lint ships does not know them yet.",
  },
  {
    rule: 'E3016',
    message: /'AutoScalingInstanceRefresh' was unexpected/,
    why: 'CloudFormation refreshes groups since 2026, and the CDK has an update policy for it; the schema of cfn-lint does not know it yet.',
  },
];

export function isAccepted({ Rule, Message }: CfnLintFinding): boolean {
  return ACCEPTED.some(({ rule, message }) => rule === Rule.Id && message.test(Message));
}
