import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Deployment, deploymentsIn } from './deployments';
import { foreignReferences } from './foreign-references';

const WATCHED = new WeakSet<IConstruct>();

/** See to it that an app does not synthesize while its production environments are not apart from the others. */
export function separateEnvironments(root: IConstruct): void {
  if (WATCHED.has(root)) return;
  WATCHED.add(root);
  // At the root, for there every stage and every stack exists when this is asked.
  root.node.addValidation({
    validate: () => {
      const all = deploymentsIn(root);
      return [...unclassified(all), ...sharedAccounts(all), ...foreignReferences(all)];
    },
  });
}

function unclassified(all: readonly Deployment[]): string[] {
  return all
    .filter(({ construct }) => Stack.isStack(construct))
    .flatMap(({ construct: { node }, account, environment }) => {
      const place = account === undefined ? 'an account that only deployment knows' : `account ${account}`;
      if (environment === undefined) {
        return [
          `The stack '${node.path}' must belong to an environment, got none for ${place}: make it in an 'EnvironmentStage', or call ` +
            "'Soc2Environment.declare' with the stack or its stage, a kind and an owner",
        ];
      }
      if (account !== undefined) return [];
      return [
        `'env.account' of the stack '${node.path}' must be 12 digits, got none: only then it is known that it shares no account with ` +
          'production. Leave it out in an environment stage, which has one, or set it',
      ];
    });
}

function sharedAccounts(all: readonly Deployment[]): string[] {
  const accounts = new Set(all.flatMap(({ account }) => account ?? []));
  return [...accounts].sort().flatMap((account) => {
    const here = all.filter((each) => each.account === account && each.environment !== undefined);
    const production = names(here.filter(({ environment }) => environment?.isProduction));
    const others = names(here.filter(({ environment }) => !environment?.isProduction));
    if (production === '' || others === '') return [];
    return [
      `Account ${account} must be for production alone, got ${production} and ${others}: give ${others} an account that no ` +
        'production stage or stack has',
    ];
  });
}

/** `'Trial' (STAGING) and 'Lab' (DEVELOPMENT)`. */
function names(deployments: readonly Deployment[]): string {
  return [...new Set(deployments.map(({ name, environment }) => `'${name}' (${environment?.kind})`))].join(' and ');
}
