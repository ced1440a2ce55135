import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SecureQueue } from '../data/secure-queue';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { Soc2Environment } from '../environment/soc2-environment';
import { REVIEW_SOURCE } from './review-source';

/** What is watched. */
export interface WatchedUseProps {
  /** What is used, in words. */
  readonly what: string;
  readonly pattern: events.EventPattern;
  /** Where it may stand in the event who uses it; what is not there stays empty. */
  readonly who: readonly string[];
  readonly alertTopic?: sns.ITopic;
}

/** Tells people at once when emergency access is used, and opens an item that somebody has to close after a review. */
export class WatchedUse extends Construct {
  public readonly rule: events.Rule;

  constructor(scope: Construct, id: string, { what, pattern, who, alertTopic }: WatchedUseProps) {
    super(scope, id);
    const topic = alertTopic ?? Soc2Environment.of(this).alarmTopic;
    if (topic === undefined)
      throw new Error(
        "'alertTopic' must be a topic that somebody is subscribed to, got none: emergency access that nobody hears of is a back door. Make an AlertRouter before, or set it",
      );
    const deadLetterQueue = partOfSafeguard(new SecureQueue(this, 'DeadLetters', { isDeadLetterQueue: true, alarmTopic: topic }));
    const facts = {
      who: who.map((path) => events.EventField.fromPath(path)).join(' '),
      when: events.EventField.fromPath('$.detail.eventTime'),
      from: events.EventField.fromPath('$.detail.sourceIPAddress'),
      event: events.EventField.fromPath('$.detail.eventID'),
      account: events.EventField.account,
      region: events.EventField.region,
    };
    const told =
      `Somebody (${facts.who}) uses ${what}, or tried to, in account ${facts.account} since ${facts.when}, from ${facts.from} (event ${facts.event} of CloudTrail in ` +
      `${facts.region}).`;
    this.rule = new events.Rule(this, 'Rule', {
      description: `Use of ${what}`,
      eventPattern: pattern,
      targets: [
        new targets.SnsTopic(topic, {
          deadLetterQueue,
          message: events.RuleTargetInput.fromText(
            `Emergency access is in use. ${told} If nobody announced an emergency, treat it as stolen credentials. It has to be reviewed afterwards.`,
          ),
        }),
        new ReviewItem(this, deadLetterQueue, {
          title: `Review the use of ${what}`,
          description: `${told} Say why it was needed and what was done, have a second person agree, and resolve this item.`,
          source: REVIEW_SOURCE,
          category: 'Security',
          severity: '2',
          operationalData: {
            // An event may be delivered twice; it is one use.
            '/aws/dedup': { type: 'SearchableString', value: `{"dedupString":"${REVIEW_SOURCE}-${facts.event}"}` },
            // In a text of its own a field that an event does not have would leave nothing, which is no JSON.
            who: { type: 'SearchableString', value: `by ${facts.who}` },
            event: { type: 'SearchableString', value: `event ${facts.event}` },
          },
        }),
      ],
    });
    // Some of what opens a session counts as reading.
    (this.rule.node.defaultChild as events.CfnRule).state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  }
}

/**
 * An item of OpsCenter as the target of a rule.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-automatically-create-OpsItems-2.html
 */
class ReviewItem implements events.IRuleTarget {
  constructor(
    private readonly scope: Construct,
    private readonly failed: sqs.IQueue,
    private readonly item: Readonly<Record<string, unknown>>,
  ) {}

  public bind(): events.RuleTargetConfig {
    const stack = Stack.of(this.scope);
    const role = new iam.Role(this.scope, 'ReviewRole', {
      description: 'Lets EventBridge open an item for the review of emergency access',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    // The action has no resources.
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:CreateOpsItem'], resources: ['*'] }));
    return {
      arn: stack.formatArn({ service: 'ssm', resource: 'opsitem', arnFormat: ArnFormat.NO_RESOURCE_NAME }),
      role,
      deadLetterConfig: { arn: this.failed.queueArn },
      input: events.RuleTargetInput.fromObject(this.item),
    };
  }
}
