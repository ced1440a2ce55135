import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { SecureTable } from '../data/secure-table';
import { addAlarms } from '../defaults/alarms';
import { domainKey } from '../environment/domain-keys';
import { BundledFunction } from '../functions/bundled-function';
import { METRICS, NAMESPACE, TABLE_EXPIRY, TABLE_KEY, VARIABLES } from './security-bulletins-settings';

/** A feed of security bulletins. */
export interface SecurityBulletinFeed {
  /** What it is called in alerts. */
  readonly name: string;

  /** Its address, which begins with `https://`. RSS and Atom are understood. */
  readonly url: string;
}

/** Options of `SecurityBulletins`. */
export interface SecurityBulletinsProps {
  /**
   * Feeds that are read. At most 20.
   *
   * @default - the security bulletins of AWS, the advisories of Amazon Linux 2023 and those of CISA
   */
  readonly feeds?: SecurityBulletinFeed[];

  /**
   * How often they are read. From 1 hour to 1 day.
   *
   * @default Duration.hours(6)
   */
  readonly every?: Duration;

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}

/** Addresses that their publishers name; nothing here checks that they stay as they are, hence the alarm. */
const FEEDS: readonly SecurityBulletinFeed[] = [
  { name: 'AWS Security Bulletins', url: 'https://aws.amazon.com/security/security-bulletins/rss/feed/' },
  { name: 'Amazon Linux 2023 advisories', url: 'https://alas.aws.amazon.com/AL2023/alas.rss' },
  { name: 'CISA advisories', url: 'https://www.cisa.gov/cybersecurity-advisories/all.xml' },
];

/** For so long a bulletin that was told stays in the table, in days. */
const KEEP_DAYS = 400;

/**
 * Tells of new security bulletins, and keeps a record of those that were told.
 *
 * A function reads the feeds a few times a day. What is new in one of them is put on the event bus, as one event for each feed, from
 * where `AlertRouter` tells the people who are subscribed. The first time nobody is told of what is there already. A table keeps the titles,
 * links and times of what was told for 400 days, for auditors. Alarms go off when a feed cannot be read for a day, or has lost all of
 * its bulletins, and when nobody read.
 *
 * AWS Health tells what concerns the resources of the account, and Inspector which advisories of distributions concern its packages; both are
 * told by `AlertRouter` without this. The function calls addresses outside of AWS: deploy it once for an organization.
 *
 * What it creates: a function with its role and log, a queue, a rule, a table, and two alarms where there is somewhere to send them.
 * What it costs in kind: four runs a day, the requests of the table, three metrics, the alarms.
 *
 * @example
 * new SecurityBulletins(this, 'Bulletins', {
 *   feeds: [{ name: 'AWS Security Bulletins', url: 'https://aws.amazon.com/security/security-bulletins/rss/feed/' }],
 * });
 */
export class SecurityBulletins extends Construct {
  /** What was told, and what each feed had in it the last time. */
  public readonly record: dynamodb.ITableV2;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a feed has no name or no encrypted address, when there are none or too many, and when the time is out of range.
   */
  constructor(scope: Construct, id: string, props: SecurityBulletinsProps = {}) {
    super(scope, id);
    const { feeds = [...FEEDS], every = Duration.hours(6), alarmTopic } = props;
    check(feeds, every);
    const table = new SecureTable(this, 'Record', {
      partitionKey: { name: TABLE_KEY, type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: TABLE_EXPIRY,
      removalPolicy: RemovalPolicy.RETAIN,
      alarmTopic,
    });
    this.record = table;
    const bus = Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
    const reader = new BundledFunction(this, 'ReadFunction', {
      handler: 'security-bulletins',
      description: 'tell of new security bulletins',
      statements: [new iam.PolicyStatement({ actions: ['events:PutEvents'], resources: [bus] })],
      environment: {
        [VARIABLES.feeds]: JSON.stringify(feeds.map(({ name, url }) => ({ name, url }))),
        [VARIABLES.table]: table.tableName,
        [VARIABLES.keepDays]: String(KEEP_DAYS),
      },
      timeout: Duration.minutes(10),
      memorySize: 512,
      deadLetters: true,
      alarmTopic,
    });
    table.grant(reader, 'dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:PutItem');
    domainKey(this, 'data').grantEncryptDecrypt(reader);
    new events.Rule(this, 'Schedule', {
      description: 'Read the feeds of security bulletins',
      schedule: events.Schedule.rate(every),
      targets: [new targets.LambdaFunction(reader, { deadLetterQueue: reader.deadLetterQueue })],
    });
    this.addAlarms(feeds, alarmTopic);
  }

  private addAlarms(feeds: readonly SecurityBulletinFeed[], alarmTopic?: sns.ITopic): void {
    const metric = (metricName: string, statistic: string) =>
      new cloudwatch.Metric({ namespace: NAMESPACE, metricName, statistic, period: Duration.days(1) }).attachTo(this);
    addAlarms(this, alarmTopic, {
      FeedNotRead: {
        // The least of a day: once is enough.
        metric: metric(METRICS.unread, cloudwatch.Stats.MINIMUM),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: cloudwatch.TreatMissingData.IGNORE,
        alarmDescription: `A feed of security bulletins could not be read for a day: ${feeds.map(({ name }) => name).join(', ')}. The log of the ReadFunction of ${this.node.path} says which, and why.`,
      },
      NobodyRead: {
        metric: metric(METRICS.read, cloudwatch.Stats.SAMPLE_COUNT),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 2,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
        alarmDescription: `Nobody read the feeds of security bulletins for two days. Look at the log of the ReadFunction of ${this.node.path}.`,
      },
    });
  }
}

function check(feeds: readonly SecurityBulletinFeed[], every: Duration): void {
  if (feeds.length < 1 || feeds.length > 20) throw new Error(`'feeds' must name 1 to 20 feeds, got ${feeds.length}`);
  for (const { name, url } of feeds) {
    if (name.trim() === '' || name.length > 60) throw new Error(`'name' of a feed must be 1 to 60 characters, got '${name}'`);
    if (!/^https:\/\/[^\s"<>]{1,200}$/.test(url))
      throw new Error(`'url' of the feed '${name}' must begin with https://, got '${url}'`);
  }
  const twice = feeds.find(({ url }, index) => feeds.findIndex((each) => each.url === url) !== index);
  if (twice) throw new Error(`'feeds' must name each address once, got '${twice.url}' twice`);
  const hours = every.toHours({ integral: false });
  if (!(Number.isInteger(hours) && hours >= 1 && hours <= 24))
    throw new Error(`'every' must be whole hours from 1 to 24, got ${hours}`);
}
