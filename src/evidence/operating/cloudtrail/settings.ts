import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import type { CollectContext, Collector, Page, Query, Row } from '../collector';
import { plain } from '../plain';
import { tolerant } from '../tolerant';
import { TRAIL_SETTINGS } from './about';

const OF_EVERY_TRAIL = { includeShadowTrails: true };

const TRAILS: Query = {
  id: 'trails',
  title: 'Trails that record the Region, those of other Regions and of the organization among them',
  calls: [{ api: 'cloudtrail:DescribeTrails', parameters: OF_EVERY_TRAIL }],
  covers: 'moment',
  controls: ['audit-trail', 'audit-log-integrity', 'log-protection'],
};

const STATUS: Query = {
  id: 'trail-status',
  title: 'Whether each trail logs, and when it last delivered',
  calls: [{ api: 'cloudtrail:GetTrailStatus', parameters: { Name: 'each trail' } }],
  covers: 'moment',
  controls: ['audit-trail', 'audit-log-integrity'],
};

const EVENT_SELECTORS: Query = {
  id: 'event-selectors',
  title: 'Which events each trail records, by its selectors, basic or advanced',
  calls: [{ api: 'cloudtrail:GetEventSelectors', parameters: { TrailName: 'each trail' } }],
  covers: 'moment',
  controls: ['audit-trail', 'data-access-logging'],
};

const INSIGHT_SELECTORS: Query = {
  id: 'insight-selectors',
  title: 'Which unusual activity each trail looks for',
  calls: [{ api: 'cloudtrail:GetInsightSelectors', parameters: { TrailName: 'each trail' } }],
  covers: 'moment',
  controls: ['threat-detection'],
};

type Ask = (client: CloudTrailClient, trail: string) => Promise<object>;

/** What is asked of each trail. */
const QUESTIONS: readonly (readonly [Query, Ask])[] = [
  [STATUS, (client, Name) => client.send(new GetTrailStatusCommand({ Name }))],
  [EVENT_SELECTORS, (client, TrailName) => client.send(new GetEventSelectorsCommand({ TrailName }))],
  [INSIGHT_SELECTORS, insightSelectors],
];

/** The settings of every trail that records a Region. */
export const trailSettings: Collector = {
  ...TRAIL_SETTINGS,
  async *collect(context) {
    const { trailList: trails = [] } = await context.client(CloudTrailClient).send(new DescribeTrailsCommand(OF_EVERY_TRAIL));
    yield { query: TRAILS, rows: trails.map((trail) => rowOf(trail, trail)) };
    for (const [query, ask] of QUESTIONS) {
      if (trails.length === 0) yield { query, rows: [], answers: 0 };
      for (const trail of trails) yield* tolerant(query, answerOf(query, ask, trail, context));
    }
  },
};

/** Trails are asked for in their home Region: elsewhere, the status is that of the copy. */
async function* answerOf(query: Query, ask: Ask, trail: Trail, context: CollectContext): AsyncGenerator<Page> {
  const client = context.client(CloudTrailClient, trail.HomeRegion ?? context.region);
  yield { query, rows: [rowOf(trail, await ask(client, trail.TrailARN ?? trail.Name ?? ''))] };
}

/** A trail that looks for none answers with an error. */
async function insightSelectors(client: CloudTrailClient, TrailName: string): Promise<object> {
  try {
    return await client.send(new GetInsightSelectorsCommand({ TrailName }));
  } catch (error) {
    if ((error as Error).name === 'InsightNotEnabledException') return { InsightSelectors: [] };
    throw error;
  }
}

function rowOf(trail: Trail, answer: object): Row {
  const id = trail.TrailARN ?? trail.Name ?? 'unnamed';
  return { id, data: { trail: id, ...plain(answer) } };
}
