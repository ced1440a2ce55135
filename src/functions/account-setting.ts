import { CustomResource, Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { BundledFunction } from './bundled-function';

/** A setting of an account that CloudFormation has no type for. */
export interface AccountSettingProps {
  /** The folder of the handler, whose entry is made by `onLifecycle`. */
  readonly handler: string;
  /** What it does. */
  readonly description: string;
  /** The type of the resource in the template, such as `Custom::Soc2Inspector`. */
  readonly resourceType: string;
  /** What is asked for. CloudFormation passes every number and boolean on as text. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly statements: readonly iam.PolicyStatement[];
  /** @default 5 minutes */
  readonly timeout?: Duration;
  readonly alarmTopic?: sns.ITopic;
}

/**
 * A custom resource whose handler changes an account by API.
 *
 * The provider framework of the CDK answers CloudFormation whatever happens, so that no stack waits in vain, and skips the deletion
 * of what was never made.
 */
export class AccountSetting extends Construct {
  /** What the handler returned. */
  public readonly resource: CustomResource;
  public readonly handler: BundledFunction;

  constructor(scope: Construct, id: string, props: AccountSettingProps) {
    super(scope, id);
    const { handler, description, statements, timeout = Duration.minutes(5), alarmTopic } = props;
    this.handler = new BundledFunction(this, 'Handler', {
      handler,
      description,
      statements,
      timeout,
      alarmTopic,
      deadLetters: false,
    });
    const provider = new Provider(this, 'Provider', { onEventHandler: this.handler });
    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: props.resourceType,
      properties: { ...props.properties },
    });
    // The rights of the function are a resource of their own, and IAM takes a while to hand them out.
    this.resource.node.addDependency(this.handler.role!);
  }
}
