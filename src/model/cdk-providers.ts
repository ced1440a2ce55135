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

/** Which of the CDK's own functions a construct path belongs to; undefined when it belongs to none. */
export function cdkProvider(path: string): string | undefined {
  return PROVIDERS.find(({ pattern }) => pattern.test(path))?.name;
}
