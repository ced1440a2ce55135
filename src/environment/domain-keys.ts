import { ArnFormat, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';

/** What a key is for. There is one key for each, not one for each resource. */
export type KeyDomain = 'data' | 'logs' | 'backup';

const NAMES: Readonly<Record<KeyDomain, string>> = { data: 'Soc2DataKey', logs: 'Soc2LogKey', backup: 'Soc2BackupKey' };

const KEYS = new WeakMap<IConstruct, Map<string, kms.Key>>();

/**
 * The customer-managed key of a domain: one for each stage, account and Region.
 *
 * It stands in the stack that needs it first; other stacks of the stage refer to it.
 */
export function domainKey(scope: Construct, domain: KeyDomain): kms.IKey {
  const stack = outermost(Stack.of(scope));
  const stage = Stage.of(stack) ?? stack;
  const keys = KEYS.get(stage) ?? new Map<string, kms.Key>();
  KEYS.set(stage, keys);
  const name = `${domain} ${stack.environment}`;
  const key = keys.get(name) ?? makeKey(stack, domain);
  keys.set(name, key);
  return key;
}

/** A nested stack takes its key from the stack that deploys it. */
function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function makeKey(stack: Stack, domain: KeyDomain): kms.Key {
  const key = new kms.Key(stack, NAMES[domain], {
    description: `Encrypts ${domain} of ${Stage.of(stack)?.stageName ?? stack.stackName}`,
    enableKeyRotation: true,
  });
  for (const statement of SERVICES[domain](stack)) key.addToResourcePolicy(statement);
  return key;
}

/** Which services of AWS may use a key, and for what. */
const SERVICES: Readonly<Record<KeyDomain, (stack: Stack) => iam.PolicyStatement[]>> = {
  // Alarms, buckets, events and topics deliver to encrypted topics and queues with rights of their own.
  data: (stack) => [use(['cloudwatch', 'events', 's3', 'sns'], { StringEquals: { 'aws:SourceAccount': stack.account } })],
  logs: (stack) => [
    use([`logs.${stack.region}`], {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': stack.formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: '*',
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      },
    }),
  ],
  backup: () => [],
};

function use(services: readonly string[], conditions: Record<string, Record<string, string>>): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: services.map((service) => new iam.ServicePrincipal(`${service}.amazonaws.com`)),
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions,
  });
}
