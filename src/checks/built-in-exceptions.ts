import { constructPathOf } from '../model/resource';
import type { ResourceEntry } from '../model/template';
import type { Rule } from '../rules/rule';

/** Resources that CDK makes for its own deployment-time functions, which an app can neither see nor change. */
interface Provider {
  /** How the resource is recognised: by a part of its construct path. */
  readonly pattern: RegExp;
  readonly name: string;
}

const PROVIDERS: readonly Provider[] = [
  { name: 'the custom resource provider of the CDK core', pattern: /(^|\/)Custom::[A-Za-z0-9]+CustomResourceProvider(\/|$)/ },
  { name: 'the log retention function', pattern: /(^|\/)LogRetention[0-9a-f]{32}(\/|$)/ },
  { name: 'the bucket notification handler', pattern: /(^|\/)BucketNotificationsHandler[0-9a-f]{32}(\/|$)/ },
  { name: 'the AwsCustomResource function', pattern: /(^|\/)AWS679f53fac002430cb0da5b7982bd2287(\/|$)/ },
  { name: 'the bucket deployment function', pattern: /(^|\/)Custom::CDKBucketDeployment[0-9A-F]+[A-Za-z0-9]*(\/|$)/ },
  { name: 'a custom resource provider framework', pattern: /\/framework-(onEvent|isComplete|onTimeout)(\/|$)/ },
  { name: 'the state machine of a custom resource provider', pattern: /\/waiter-state-machine(\/|$)/ },
  { name: 'the default security group function', pattern: /(^|\/)Custom::VpcRestrictDefaultSG/ },
  { name: 'the cross-Region reference function', pattern: /(^|\/)Custom::CrossRegionExport(Reader|Writer)/ },
];

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
]);

/** Why a finding on a resource that CDK itself creates is accepted; undefined when it is not. */
export function builtInException(rule: Rule, entry: ResourceEntry): string | undefined {
  if (!PARDONED.has(rule.slug)) return undefined;
  const path = constructPathOf(entry) ?? '';
  const provider = PROVIDERS.find(({ pattern }) => pattern.test(path));
  return (
    provider &&
    `CDK creates and configures ${provider.name}; it runs only while a stack is deployed, and the app cannot change it`
  );
}
