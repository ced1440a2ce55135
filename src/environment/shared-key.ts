import { CfnResource, Reference, Token, TokenComparison, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';

/**
 * A key for many resources, whose policy names none of those who use it.
 *
 * The CDK writes into the policy of a key who may use it: the topic that delivers to a queue, the role that reads a secret. With one
 * key for many resources, the key would wait for them and they for the key, and nothing could be deployed. So the policy lets
 * services in for the whole account, and roles of other stacks get the right in their own policies.
 */
export class SharedKey extends kms.Key {
  private readonly services = new Set<string>();

  /** Let services use the key. */
  public letIn(statement: iam.PolicyStatement): void {
    super.addToResourcePolicy(statement);
    for (const service of this.servicesOf(statement)) this.services.add(service);
  }

  public override addToResourcePolicy(statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    const isAdded = this.isLetIn(statement) || this.givesToRole(statement);
    return isAdded ? { statementAdded: true, policyDependable: this.policy } : super.addToResourcePolicy(statement, allowNoOp);
  }

  /** Whether a statement lets a service in for a resource that the app makes in the account of the key. */
  private isLetIn(statement: iam.PolicyStatement): boolean {
    const services = this.servicesOf(statement);
    const areIn = services.length > 0 && services.every((service) => this.services.has(service));
    const values = Object.values(statement.conditions as Conditions).flatMap((keys) => Object.values(keys).flat());
    return areIn && values.some((value) => resourceOf(value)?.stack.account === this.stack.account);
  }

  /** Whether a statement is for a role of another stack that comes by way of a service, and stands in the policy of the role now. */
  private givesToRole(statement: iam.PolicyStatement): boolean {
    const {
      actions,
      principals: [principal, ...others],
      conditions,
    } = statement;
    if (principal === undefined || others.length > 0 || !this.comesByService(conditions)) return false;
    const [arn] = [principal.policyFragment.principalJson.AWS ?? []].flat();
    const role = resourceOf(arn)?.node.scope;
    if (!(role instanceof iam.Role) || role.stack === this.stack || !this.isInAccount(role)) return false;
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [this.keyArn], conditions }));
    return true;
  }

  /** The services that a statement is about; none when it is about others as well. */
  private servicesOf(statement: iam.PolicyStatement): readonly string[] {
    const { Principal: principal = {} } = this.stack.resolve(statement.toStatementJson());
    return principal.AWS === undefined ? [principal.Service ?? []].flat() : [];
  }

  private comesByService(conditions: Conditions): boolean {
    return Object.keys(conditions).length === 1 && Object.keys(conditions.StringEquals ?? {}).join() === 'kms:ViaService';
  }

  private isInAccount({ principalAccount = '' }: iam.Role): boolean {
    return Token.compareStrings(principalAccount, this.stack.account) !== TokenComparison.DIFFERENT;
  }
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The resource of the app that a value refers to. */
function resourceOf(value: unknown): CfnResource | undefined {
  const token = Tokenization.reverse(value, { failConcat: false });
  return Reference.isReference(token) && CfnResource.isCfnResource(token.target) ? token.target : undefined;
}
