import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { topicDefaults } from '../defaults/topic';
import { withDefaults } from '../defaults/with-defaults';

/** Options of `SecureTopic`: those of `sns.Topic`, every one of which comes before a default. */
export interface SecureTopicProps extends sns.TopicProps {
  /**
   * Whether the topic is deployed already, as a plain `sns.Topic` for example. Then its encryption stays as it is, for publishers
   * that the app does not know lack rights to a new key, and the own account keeps the right to publish that every topic without a
   * policy gives it. Rule `sns-encrypted` reports what remains; to follow it, let the publishers use a key, and set `masterKey`.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;
}

/**
 * A topic that takes messages over TLS only, and is encrypted with a customer-managed key that alarms and events may use.
 *
 * Takes every property of `sns.Topic` and can take its place: the logical id stays the same, and nothing that is added makes
 * CloudFormation replace a topic that is deployed already. A topic with a policy lets in nobody else, so that the policy says that
 * alarms and events of the own account may publish; other services, and roles without a policy of their own, take `grantPublish`.
 * With a `masterKey` of your own, let `cloudwatch.amazonaws.com` and `events.amazonaws.com` use it, or alarms do not arrive.
 *
 * What it creates beside the topic: a KMS key for data, once for each stack. What it costs in kind: the key and
 * its requests.
 *
 * @example
 * new SecureTopic(this, 'Alerts');
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
 */
export class SecureTopic extends sns.Topic {
  /**
   * @param scope where the topic is made.
   * @param id its id in there.
   * @param props options.
   */
  constructor(scope: Construct, id: string, props: SecureTopicProps = {}) {
    const { alreadyDeployed: mayBeDeployed = false, ...own } = props;
    const hardened = withDefaults<sns.TopicProps>(topicDefaults(own, { scope, id, mayBeDeployed }), { enforceSSL: true });
    super(scope, id, hardened);
    if (hardened.enforceSSL) this.addToResourcePolicy(mayBeDeployed ? this.ownAccount() : this.alarmsAndEvents());
  }

  private alarmsAndEvents(): iam.PolicyStatement {
    return new iam.PolicyStatement({
      sid: 'AlarmsAndEventsOfTheAccount',
      principals: ['cloudwatch', 'events'].map((service) => new iam.ServicePrincipal(`${service}.amazonaws.com`)),
      actions: ['sns:Publish'],
      resources: [this.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': this.stack.account } },
    });
  }

  /** What SNS allows where there is no policy, as far as publishing goes. */
  private ownAccount(): iam.PolicyStatement {
    return new iam.PolicyStatement({
      sid: 'OwnAccount',
      principals: [new iam.AnyPrincipal()],
      actions: ['sns:Publish'],
      resources: [this.topicArn],
      conditions: { StringEquals: { 'aws:SourceOwner': this.stack.account } },
    });
  }
}
