import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SecureTable } from '../data/secure-table';
import { SecureTopic } from '../data/secure-topic';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { domainKey } from '../environment/domain-keys';
import { Soc2Environment } from '../environment/soc2-environment';
import { BundledFunction } from '../functions/bundled-function';
import { addHeartbeat } from './alert-heartbeat';
import { type AlertRouterProps, checkOptions, checkSeverity } from './alert-router-props';
import { ALERT_ROUTES, type AlertRoute } from './alert-routes';
import { SETTINGS, TABLE_EXPIRY, TABLE_KEY } from './alert-settings';
import { AlertSource } from './alert-source';
import { DeclaredActivities } from './declared-activities';
import { isSubscribed } from './is-subscribed';
import { PagedSubscription } from './paged-subscription';
import { RunbookFamily } from './runbook-family';
import { pageOf, RUNBOOK_PAGES } from './runbook-pages';

/**
 * Tells people what happens in an account and Region: findings, outages, failed backups, use of the root user, and alarms.
 *
 * Each message says who it was, which way they came, what is hit and whose it is, what mostly follows, and which runbook answers it,
 * with a severity from 0 to 10. What the finding does not say is looked up, read-only and within 15 seconds.
 *
 * Nothing is lost on the way. What cannot be looked up is a note in the message; what cannot be explained at all, because the
 * function fails or times out, is delivered as it came, and kept in a queue until it is. The same alert is told once in six hours,
 * unless its severity or state changes. A heartbeat passes the whole way every hour, and an alarm goes off when it does not arrive.
 * A production environment whose topic nobody is subscribed to is not synthesized.
 *
 * Alarms of CloudWatch go to a topic of their own: SNS lets through no filter what has no attributes, and alarms have none. So whoever
 * is subscribed is subscribed to both, confirms both, and hears by the one when the other fails.
 *
 * Constructs that are made after it send their alarms to its topic for alarms, so make it first. Services that are global (IAM, sign-ins of the
 * root user) report in us-east-1: make one there as well.
 *
 * What it creates: two topics, rules of EventBridge, two functions, two queues, a table that keeps alerts for 400 days, parameters with
 * what is usual, and alarms. What it costs in kind: the requests of these, most of them for heartbeats (some 750 a month); the table
 * by size; contributor insights of the table; a KMS key for data and one for logs, once for each stack.
 *
 * @example
 * new AlertRouter(this, 'Alerts', {
 *   subscriptions: [new subscriptions.EmailSubscription('on-call@example.com')],
 * });
 */
export class AlertRouter extends Construct {
  /** Where alerts are published. */
  public readonly topic: sns.Topic;
  /** Where alarms are sent. */
  public readonly alarmTopic: sns.ITopic;
  /** The rules of EventBridge, by their ids. */
  public readonly rules: Record<string, events.Rule> = {};
  /** What was told, when, and the whole findings. */
  public readonly register: dynamodb.ITableV2;
  /** What could not be told yet: it is delivered as it came, and stays here until SNS takes it. */
  public readonly undelivered: sqs.IQueue;
  /** The alarm that goes off when heartbeats do not arrive. */
  public readonly heartbeatAlarm: cloudwatch.Alarm;
  private readonly ownAlarmTopic?: sns.Topic;
  private readonly enrich: BundledFunction;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a severity, a duration or a link is not right.
   */
  constructor(scope: Construct, id: string, props: AlertRouterProps = {}) {
    super(scope, id);
    checkOptions(props);
    const { minimumSeverity = 4, sources = Object.values(AlertSource), usualActivity = [] } = props;
    this.topic = new SecureTopic(this, 'Topic', { displayName: 'Alerts' });
    this.ownAlarmTopic = props.alarmTopic ? undefined : new SecureTopic(this, 'AlarmTopic', { displayName: 'Alarms' });
    this.alarmTopic = props.alarmTopic ?? this.ownAlarmTopic!;
    const { alarmTopic } = this;
    const table = this.makeRegister(alarmTopic);
    this.register = table;
    const usual = new DeclaredActivities(
      this,
      'UsualActivity',
      usualActivity.map(({ _declared }) => _declared),
    );
    this.enrich = this.makeFunction(props, table, usual, alarmTopic);
    this.undelivered = this.enrich.deadLetterQueue!;
    this.deliverRaw(alarmTopic);

    this.letEventsIn();
    for (const [name, route] of Object.entries(ALERT_ROUTES)) {
      if (sources.includes(route.source)) this.rules[name] = this.addRoute(name, route, minimumSeverity);
    }
    this.heartbeatAlarm = addHeartbeat(this, {
      topic: this.topic,
      target: (input) => this.target(input),
      failed: this.undelivered,
      alarmTopic,
    });

    for (const each of props.subscriptions ?? []) this.subscribe(each);
    this.refuseSilence();
    Soc2Environment.of(this).sendAlarmsTo(alarmTopic, props.alarmRunbook);
  }

  /**
   * Tell somebody of alerts and of alarms: by mail, to a web address, a queue or a function.
   *
   * Heartbeats are left out. Alarms have no severity: all of them arrive.
   *
   * @param subscription who is told, and how.
   * @param minimumSeverity the least severity of alerts to tell, from 0 to 10; every one by default.
   * @throws when the severity is out of range.
   */
  public subscribe(subscription: sns.ITopicSubscription, minimumSeverity?: number): void {
    checkSeverity(minimumSeverity);
    this.topic.addSubscription(new PagedSubscription(subscription, minimumSeverity));
    this.ownAlarmTopic?.addSubscription(subscription);
  }

  private makeRegister(alarmTopic: sns.ITopic): SecureTable {
    const table = new SecureTable(this, 'Register', {
      partitionKey: { name: TABLE_KEY, type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: TABLE_EXPIRY,
      removalPolicy: RemovalPolicy.RETAIN,
      alarmTopic,
    });
    return partOfSafeguard(table);
  }

  private makeFunction(
    props: AlertRouterProps,
    table: SecureTable,
    usual: DeclaredActivities,
    alarmTopic: sns.ITopic,
  ): BundledFunction {
    const { runbooks, runbookPages = RUNBOOK_PAGES, foldFor = Duration.hours(6) } = props;
    const made = new BundledFunction(this, 'EnrichFunction', {
      handler: 'enrich-alert',
      description: 'Say of an alert who it was, which way they came, what is hit and what comes next',
      timeout: Duration.minutes(1),
      memorySize: 512,
      deadLetters: true,
      alarmTopic,
      environment: {
        [SETTINGS.topic]: this.topic.topicArn,
        [SETTINGS.table]: table.tableName,
        [SETTINGS.usualActivity]: usual.path,
        [SETTINGS.runbooks]: Stack.of(this).toJsonString(runbooks?._links(runbookPages) ?? pagesAlone(runbookPages)),
        [SETTINGS.foldMinutes]: String(foldFor.toMinutes()),
        [SETTINGS.keepDays]: String(KEEP.toDays()),
        [SETTINGS.environment]: Soc2Environment.of(this).kind,
      },
      statements: [...this.mayLookUp(), usual.mayRead()],
    });
    table.grant(made, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    domainKey(this, 'data').grantEncryptDecrypt(made);
    this.topic.grantPublish(made);
    return made;
  }

  /** What only reads. Where every resource is named, the action has no resources. */
  private mayLookUp(): iam.PolicyStatement[] {
    const users = Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'user', resourceName: '*' });
    return [
      new iam.PolicyStatement({
        actions: ['iam:GetAccessKeyLastUsed', 'iam:ListAccessKeys', 'iam:ListMFADevices'],
        resources: [users],
      }),
      new iam.PolicyStatement({
        actions: ['ec2:DescribeInstances', 'ec2:DescribeSecurityGroups', 'tag:GetResources'],
        resources: ['*'],
      }),
    ];
  }

  /** What the function fails on is delivered as it came, again and again until SNS takes it. */
  private deliverRaw(alarmTopic: sns.ITopic): void {
    const deliver = new BundledFunction(this, 'DeliverRawFunction', {
      handler: 'deliver-raw-alert',
      description: 'Deliver events as they came that could not be told as alerts',
      // The queue shows a message again after 30 seconds.
      timeout: Duration.seconds(30),
      deadLetters: false,
      alarmTopic,
      environment: { [SETTINGS.topic]: this.topic.topicArn },
      statements: [],
    });
    this.topic.grantPublish(deliver);
    deliver.addEventSource(new SqsEventSource(this.undelivered, { batchSize: 1, reportBatchItemFailures: true }));
  }

  /** One right for all rules: policies of queues take no more than 20 statements. */
  private letEventsIn(): void {
    const { account } = Stack.of(this);
    const principal = new iam.ServicePrincipal('events.amazonaws.com');
    const sourceArn = Stack.of(this).formatArn({
      service: 'events',
      resource: 'rule',
      resourceName: '*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    this.enrich.addPermission('Rules', { principal, sourceArn, sourceAccount: account });
    this.undelivered.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [principal],
        actions: ['sqs:SendMessage'],
        resources: [this.undelivered.queueArn],
        conditions: { ArnLike: { 'aws:SourceArn': sourceArn }, StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }

  private addRoute(name: string, { description, pattern, readsToo }: AlertRoute, minimumSeverity: number): events.Rule {
    const rule = new events.Rule(this, name, {
      description,
      eventPattern: pattern(minimumSeverity),
      targets: [this.target()],
    });
    if (readsToo) (rule.node.defaultChild as events.CfnRule).state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    return rule;
  }

  /** The function as a target that keeps what it does not take. */
  private target(input?: events.RuleTargetInput): events.IRuleTarget {
    const { enrich, undelivered } = this;
    return {
      bind: () => ({
        arn: enrich.functionArn,
        deadLetterConfig: { arn: undelivered.queueArn },
        retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: Duration.hours(1).toSeconds() },
        input,
        targetResource: enrich,
      }),
    };
  }

  /** Alerts that nobody gets are none. */
  private refuseSilence(): void {
    if (!Soc2Environment.of(this).isProduction) return;
    this.node.addValidation({
      validate: () =>
        [this.topic, this.ownAlarmTopic].every((topic) => topic === undefined || isSubscribed(topic, this))
          ? []
          : [
              `'subscriptions' of the AlertRouter '${this.node.path}' must name somebody who is told, got nobody: in production alerts ` +
                "must reach a person. Add new subscriptions.EmailSubscription('…'), or call 'subscribe'",
            ],
    });
  }
}

const KEEP = Duration.days(400);
function pagesAlone(pages: string): Record<string, string> {
  return Object.fromEntries(Object.values(RunbookFamily).map((family) => [family, pageOf(pages, family)]));
}
