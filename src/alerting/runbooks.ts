import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Runbook } from './runbook';
import { RUNBOOKS } from './runbook-catalogue';
import { callsOf, documentOf, type Given } from './runbook-document';
import { RunbookFamily } from './runbook-family';
import { pageOf } from './runbook-pages';

/** Options of `Runbooks`. */
export interface RunbooksProps {
  /**
   * Who may approve: ARNs of roles, or of users of IAM. At least one, at most 10.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-approve.html
   */
  readonly approvers: string[];

  /**
   * How many of them must approve. From 1 to the number of approvers.
   *
   * @default 1
   */
  readonly minimumApprovals?: number;

  /**
   * A topic that tells those who may approve. Systems Manager takes only one whose name begins with `Automation`.
   *
   * @default - whoever starts a runbook tells them
   */
  readonly approvalTopic?: sns.ITopic;

  /**
   * Kinds of findings to have runbooks for.
   *
   * @default - all
   */
  readonly families?: RunbookFamily[];

  /**
   * The network of the servers: a security group without rules is made in it, with which they are isolated.
   *
   * @default - whoever starts a runbook for a server names such a group
   */
  readonly vpc?: ec2.IVpc;
}

/**
 * What to do about a finding, as documents that Systems Manager carries out: look, contain, collect evidence, eradicate, check.
 *
 * Nothing is changed before somebody approves. Each containing step can be taken back: start the document again with `Mode` set to
 * `Undo`. Each document has a role of its own, which may do what its steps do, and nothing else; denying a user or role everything
 * is done by attaching `AWSDenyAll`, the only policy that it may attach. What people do beside it is on a page for each family, in
 * `docs/runbooks`, made from the same steps.
 *
 * What it creates: a document and a role for each family, and a security group where a network is given. What it costs in kind: nothing until a document runs; then each step beyond those that are free.
 *
 * @example
 * const runbooks = new Runbooks(this, 'Runbooks', { approvers: ['arn:aws:iam::111122223333:role/IncidentLead'] });
 * new AlertRouter(this, 'Alerts', {
 *   runbooks,
 *   subscriptions: [new subscriptions.EmailSubscription('on-call@example.com')],
 * });
 */
export class Runbooks extends Construct {
  /** The documents, by family, such as `stolen-credentials`. */
  public readonly documents: Record<string, ssm.CfnDocument> = {};
  /** The roles that they act with, by family. */
  public readonly roles: Record<string, iam.Role> = {};
  /** The security group without rules; not set where no network is given. */
  public readonly isolationGroup?: ec2.SecurityGroup;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when nobody may approve, or too few may.
   */
  constructor(scope: Construct, id: string, props: RunbooksProps) {
    super(scope, id);
    validate(props);
    const { families = Object.values(RunbookFamily), vpc, approvalTopic } = props;
    this.isolationGroup = vpc && isolationGroup(this, vpc);
    for (const runbook of RUNBOOKS.filter(({ family }) => families.includes(family))) {
      const role = this.makeRole(runbook);
      if (approvalTopic) approvalTopic.grantPublish(role);
      this.roles[runbook.family] = role;
      this.documents[runbook.family] = this.makeDocument(runbook, {
        role: role.roleArn,
        approvers: props.approvers,
        minimumApprovals: props.minimumApprovals ?? 1,
        approvalTopic: approvalTopic?.topicArn,
        quarantinePolicy: DENY_ALL.managedPolicyArn,
        isolationGroup: this.isolationGroup?.securityGroupId,
      });
    }
  }

  /**
   * Where each family is answered: its page, and the document where there is one.
   *
   * @internal
   */
  public _links(pages: string): Record<string, string> {
    const { region } = Stack.of(this);
    return Object.fromEntries(
      Object.values(RunbookFamily).map((family) => {
        const document = this.documents[family];
        const page = pageOf(pages, family);
        const start = document && `https://${region}.console.aws.amazon.com/systems-manager/automation/execute/${document.ref}`;
        return [family, start ? `${page} (start it: ${start}?region=${region})` : page];
      }),
    );
  }

  private makeDocument(runbook: Runbook, given: Given): ssm.CfnDocument {
    return new ssm.CfnDocument(this, idOf(runbook), {
      documentType: 'Automation',
      documentFormat: 'JSON',
      content: documentOf(runbook, given),
      // A change makes a new version: links stay, and what a run did can be looked up.
      updateMethod: 'NewVersion',
    });
  }

  private makeRole(runbook: Runbook): iam.Role {
    const stack = Stack.of(this);
    const executions = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
    const role = new iam.Role(this, `${idOf(runbook)}Role`, {
      description: `Carries out the runbook: ${runbook.title}`,
      assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': executions } },
      }),
    });
    for (const [action, resources] of rightsOf(runbook)) role.addToPolicy(this.statement(action, resources, stack));
    return role;
  }

  private statement(action: string, resources: readonly string[], { partition, region, account }: Stack): iam.PolicyStatement {
    const isOfPolicies = /^iam:(Attach|Detach)/.test(action);
    return new iam.PolicyStatement({
      actions: [action],
      resources: resources.map((arn) => arn.replaceAll('{P}', partition).replaceAll('{R}', region).replaceAll('{A}', account)),
      conditions: isOfPolicies ? { ArnEquals: { 'iam:PolicyARN': DENY_ALL.managedPolicyArn } } : undefined,
    });
  }
}

/** The policy of AWS that denies everything: what a runbook attaches to users and roles that somebody else may control. */
const DENY_ALL = iam.ManagedPolicy.fromAwsManagedPolicyName('AWSDenyAll');

/** What all steps of a runbook do together, and on what. */
function rightsOf(runbook: Runbook): readonly (readonly [action: string, resources: readonly string[]])[] {
  const rights = new Map<string, Set<string>>();
  for (const call of callsOf(runbook)) {
    for (const [action, resources] of Object.entries(call.rights)) {
      rights.set(action, new Set([...(rights.get(action) ?? []), ...resources]));
    }
  }
  return [...rights].map(([action, resources]) => [action, [...resources]]);
}

/** `stolen-credentials` is `StolenCredentials`. */
function idOf({ family }: Runbook): string {
  return family.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function isolationGroup(scope: Construct, vpc: ec2.IVpc): ec2.SecurityGroup {
  return new ec2.SecurityGroup(scope, 'IsolationGroup', {
    vpc,
    description: 'No rules: servers that somebody else may control are cut off with it',
    allowAllOutbound: false,
  });
}

function validate({ approvers, minimumApprovals = 1 }: RunbooksProps): void {
  if (approvers.length < 1 || approvers.length > 10) {
    throw new Error(
      `'approvers' must name 1 to 10 roles or users, got ${approvers.length}: containing steps wait for one of them`,
    );
  }
  if (!(Number.isInteger(minimumApprovals) && minimumApprovals >= 1 && minimumApprovals <= approvers.length)) {
    throw new Error(
      `'minimumApprovals' must be a whole number from 1 to the number of approvers (${approvers.length}), got ${minimumApprovals}`,
    );
  }
}
