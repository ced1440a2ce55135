import { DescribeEventDetailsCommand, DescribeEventsCommand, HealthClient } from '@aws-sdk/client-health';
import { everyPage } from '../../../functions/every-page';
import { type Answer, collectParts } from '../collect-parts';
import type { CollectContext, Collector } from '../collector';
import { inBatches } from '../in-batches';
import { listing } from '../listing';
import { SECURITY_BULLETINS } from './about';

/** The one endpoint of AWS Health that always answers. */
const REGION = 'us-east-1';

/** As many as `DescribeEventDetails` takes. */
const BATCH = 10;

/** @see https://docs.aws.amazon.com/health/latest/ug/what-is-aws-health.html */
const EVENTS_KEPT_DAYS = 90;

/** Without an end: a notice of the period that changed again after it would not be told. */
const filterOf = ({ period: { from } }: CollectContext) => ({ filter: { lastUpdatedTimes: [{ from }] } });

/** Without such a plan, the events are in the console and come by e-mail, but not by the API. */
function noSupportPlan({ name }: Error): Answer | undefined {
  if (name !== 'SubscriptionRequiredException') return undefined;
  const truncated =
    'AWS Health answers by its API only accounts with a support plan of Business or above: without one, keep the e-mails of AWS to the security contact instead';
  return { rows: [], truncated };
}

async function* eventArns(context: CollectContext): AsyncGenerator<string> {
  const client = context.client(HealthClient, REGION);
  const ask = (nextToken?: string) => client.send(new DescribeEventsCommand({ ...filterOf(context), nextToken }));
  for await (const { events = [] } of everyPage(ask, (answer) => answer.nextToken)) for (const { arn } of events) yield arn!;
}

export const securityBulletins: Collector = {
  ...SECURITY_BULLETINS,
  collect: collectParts([
    listing({
      id: 'events',
      title: 'Notices of AWS about security, changes and failures that were published or changed since the period began',
      covers: 'period',
      api: 'health:DescribeEvents',
      client: HealthClient,
      region: REGION,
      input: (context) => ({ ...filterOf(context), maxResults: 100 }),
      send: (client, input) => client.send(new DescribeEventsCommand(input)),
      token: 'nextToken',
      items: ({ events }) => events,
      rowId: ({ arn }) => arn,
      keptDays: EVENTS_KEPT_DAYS,
      unless: noSupportPlan,
    }),
    listing({
      id: 'event-texts',
      title: 'What these notices say',
      covers: 'period',
      api: 'health:DescribeEventDetails',
      client: HealthClient,
      region: REGION,
      of: {
        each: ['each event'],
        apis: ['health:DescribeEvents'],
        asked: filterOf,
        find: (context) => inBatches(eventArns(context), BATCH),
      },
      input: (_, eventArns) => ({ eventArns }),
      send: (client, input) => client.send(new DescribeEventDetailsCommand(input)),
      items: ({ successfulSet }) => successfulSet,
      lacks: ({ failedSet = [] }) =>
        failedSet.map(({ eventArn, errorName, errorMessage }) => `${eventArn}: ${errorName}: ${errorMessage}`),
      rowId: ({ event }) => event?.arn,
      unless: noSupportPlan,
    }),
  ]),
};
