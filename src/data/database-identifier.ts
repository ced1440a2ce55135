import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** RDS takes 63 characters, and the names of the instances of a cluster begin with its own. */
const LENGTH = 48;

/**
 * A name for a new database, made of the name of its stack and of its path in there.
 *
 * The log groups of a database carry its name: to exist before RDS makes them without a key, they have to know it. And what has a
 * name is never replaced: CloudFormation stops instead.
 */
export function databaseIdentifier(scope: Construct, id: string): string {
  const { stackName, node } = outermost(Stack.of(scope));
  const path = `${stackName}${scope.node.path.slice(node.path.length)}/${id}`;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 8);
  const readable = path.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${readable.slice(0, LENGTH - hash.length - 1).replace(/-$/, '')}-${hash}`;
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}
