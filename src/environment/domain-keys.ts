import { ArnFormat, type Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { outermostStack } from './outermost-stack';
import { SharedKey } from './shared-key';

/** What a key is for. There is one key for each, not one for each resource. */
export type KeyDomain = 'data' | 'logs' | 'backup';

const NAMES: Readonly<Record<KeyDomain, string>> = { data: 'Soc2DataKey', logs: 'Soc2LogKey', backup: 'Soc2BackupKey' };

/**
 * The customer-managed key of a domain: one for each stack, which its nested stacks share.
 *
 * Stacks do not share it by themselves: each would then wait for the one that needed it first, and apps in which that one waits
 * for another could not be synthesized. An app that wants one key for several stacks passes it to its constructs.
 */
export function domainKey(scope: Construct, domain: KeyDomain): kms.IKey {
  const stack = outermostStack(scope);
  return (stack.node.tryFindChild(NAMES[domain]) as kms.Key | undefined) ?? makeKey(stack, domain);
}

function makeKey(stack: Stack, domain: KeyDomain): kms.Key {
  const key = new SharedKey(stack, NAMES[domain], {
    description: `Encrypts ${domain} of ${Stage.of(stack)?.stageName ?? stack.stackName}`,
    enableKeyRotation: true,
  });
  for (const statement of SERVICES[domain](stack)) key.letIn(statement);
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
