import { ArnFormat, CfnResource, Reference, type Stack, Stage, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { outermostStack } from './outermost-stack';

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
  const key = new DomainKey(stack, NAMES[domain], {
    description: `Encrypts ${domain} of ${Stage.of(stack)?.stageName ?? stack.stackName}`,
    enableKeyRotation: true,
  });
  for (const statement of SERVICES[domain](stack)) key.addToResourcePolicy(statement);
  key.servicesAreIn();
  return key;
}

/**
 * A key for many resources.
 *
 * Where a topic delivers to a queue, or a bucket to a topic, the CDK lets the service use the key of the receiver for that one
 * sender. With one key for both, the key would wait for the sender and the sender for the key, and nothing could be deployed.
 * Services that the policy lets in for the whole account need no such statement.
 */
class DomainKey extends kms.Key {
  private readonly services = new Set<string>();

  /** Take note of the services that may use the key by now. */
  public servicesAreIn(): void {
    const { Statement: statements = [] } = this.stack.resolve(this.policy?.toJSON() ?? {}) as {
      Statement?: readonly Statement[];
    };
    for (const service of statements.flatMap(servicesOf)) this.services.add(service);
  }

  public override addToResourcePolicy(statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    const services = servicesOf(this.stack.resolve(statement.toStatementJson()));
    const areIn = services.length > 0 && services.every((service) => this.services.has(service));
    const values = Object.values(statement.conditions as Conditions).flatMap((keys) => Object.values(keys).flat());
    if (areIn && values.some((value) => this.isMadeInAccount(value)))
      return { statementAdded: true, policyDependable: this.policy };
    return super.addToResourcePolicy(statement, allowNoOp);
  }

  /** Whether a value is that of a resource that the app makes in the account of the key. */
  private isMadeInAccount(value: unknown): boolean {
    const token = Tokenization.reverse(value, { failConcat: false });
    if (!Reference.isReference(token) || !CfnResource.isCfnResource(token.target)) return false;
    return token.target.stack.account === this.stack.account;
  }
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Statement {
  readonly Principal?: { readonly Service?: string | readonly string[]; readonly AWS?: unknown };
}

/** The services that a statement is about; none when it is about others as well. */
function servicesOf({ Principal: principal }: Statement): readonly string[] {
  return principal?.AWS === undefined ? [principal?.Service ?? []].flat() : [];
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
