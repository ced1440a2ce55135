import { Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { outermostStack } from '../environment/outermost-stack';
import { Soc2Environment } from '../environment/soc2-environment';
import { StackSetStack } from './stack-set-stack';

/** A stack or a stage, and where it is deployed. */
export interface Deployment {
  readonly construct: Stack | Stage;
  /** What an app calls it: the stage, or the stack where it is in none. */
  readonly name: string;
  /** Not set when only deployment knows. */
  readonly account?: string;
  /** What is said of it; not set when nothing is. */
  readonly environment?: Soc2Environment;
}

/** What is deployed on its own: stages that have an account, and stacks that no other stack deploys. */
export function deploymentsIn(root: IConstruct): readonly Deployment[] {
  const all = root.node.findAll().flatMap((construct) => {
    // A stack set decides where its stack is deployed.
    if (construct instanceof StackSetStack) return [];
    if (Stack.isStack(construct)) return construct.nested ? [] : [deploymentOf(construct)];
    return Stage.isStage(construct) && construct !== root && construct.account !== undefined ? [deploymentOf(construct)] : [];
  });
  return all.map((each) => (each.environment ? each : { ...each, environment: ownerOf(each, all)?.environment }));
}

/**
 * The stack that another one was made for, in its account: the CDK makes a stack for each further Region that a pipeline deploys to,
 * beside that of the pipeline, while it synthesizes.
 */
function ownerOf({ construct, account }: Deployment, all: readonly Deployment[]): Deployment | undefined {
  const users = all.filter(
    (each) => Stack.isStack(each.construct) && each.construct.dependencies.some((one) => one === construct),
  );
  const [user, ...others] = users.filter((each) => each.account === account);
  return others.length === 0 && users.length === 1 ? user : undefined;
}

/** Where the stack that a construct belongs to is deployed. */
export function deploymentOf(construct: IConstruct): Deployment {
  const deployed = Stage.isStage(construct) ? construct : outermostStack(construct);
  const stage = Stage.isStage(deployed) ? deployed : Stage.of(deployed);
  const { account } = deployed;
  const environment = Soc2Environment.of(deployed);
  return {
    construct: deployed,
    name: stage?.node.path || deployed.node.path,
    account: Token.isUnresolved(account) ? undefined : account,
    environment: environment.owner === undefined ? undefined : environment,
  };
}
