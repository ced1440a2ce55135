import { cdkProvider } from '../model/cdk-providers';
import { constructPathOf } from '../model/resource';
import type { ResourceEntry } from '../model/template';
import type { Rule } from '../rules/rule';

/** What cannot be said of a function that runs for seconds during a deployment. Encryption, access and exposure can. */
const PARDONED: ReadonlySet<string> = new Set([
  'iam-no-inline-policies',
  'iam-least-privilege-inline-policies',
  'lambda-concurrency',
  'lambda-dlq',
  'lambda-in-vpc',
  'lambda-tracing',
  'lambda-supported-runtime',
  'log-group-encrypted',
  'log-group-retention',
  'sfn-logging',
]);

/** Why a finding on a resource that CDK itself creates is accepted; undefined when it is not. */
export function builtInException(rule: Rule, entry: ResourceEntry): string | undefined {
  if (!PARDONED.has(rule.slug)) return undefined;
  const path = constructPathOf(entry) ?? '';
  const provider = cdkProvider(path);
  return (
    provider && `CDK creates and configures ${provider}; it runs only while a stack is deployed, and the app cannot change it`
  );
}
