import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Context } from 'aws-lambda';
import { version } from '../../../package.json';
import { AwsClients } from '../../evidence/operating/aws-clients';
import { BucketArchive } from '../../evidence/operating/bucket-archive';
import type { Collector } from '../../evidence/operating/collector';
import { COLLECTORS } from '../../evidence/operating/registry';
import { runCollectors, unitOf } from '../../evidence/operating/run-collectors';
import { type Closed, COLLECTED, type Message, type Plan, type Progress, UNFINISHED, VARIABLES } from '../collection-messages';
import { BucketFiles } from './bucket-files';
import { closeRun } from './close-run';
import { daysIn, planRun } from './plan-run';

/** What the function needs to know of its surroundings. */
export interface Surroundings {
  readonly clients: AwsClients;
  readonly collectors: readonly Collector[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

type Invocation = Pick<Context, 'getRemainingTimeInMillis' | 'invokedFunctionArn'>;

/** Time that is kept to write down how far it got. */
const RESERVE = 60_000;

/** Collect evidence of an account day by day, in steps that may each be tried again. */
export function makeHandler({ clients, collectors, environment, now }: Surroundings) {
  const bucket = environment[VARIABLES.bucket]!;
  const prefix = environment[VARIABLES.prefix] ?? '';
  const chosen = listed(environment[VARIABLES.collectors]).map((id) => collectors.find((each) => each.id === id)!);
  const regions = listed(environment[VARIABLES.regions]);
  const tool = `cdk-soc2 ${version}`;

  return async (message: Message, context: Invocation): Promise<Plan | Progress | Closed> => {
    const [, partition, , home, account] = context.invokedFunctionArn.split(':');
    const s3 = clients.of(S3Client, home);
    const base = `${COLLECTED}${account}/${home}/`;
    const filesBelow = (folder: string) => new BucketFiles(s3, bucket, prefix + folder);

    if (message.step === undefined) {
      const today = now().toISOString().slice(0, 10);
      const { day = today } = message;
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)) || day > today)
        throw new Error(`'day' must be a day up to today, ${today}, got '${day}': what is collected is what was before it`);
      const run = await planRun(day, await daysIn(s3, bucket, prefix + base), filesBelow(base));
      const parts = chosen.flatMap(({ id, scope }) =>
        (scope === 'region' ? regions : regions.slice(0, 1)).map((region) => ({ collector: id, region })),
      );
      return { run, parts };
    }

    const { run } = message;
    const folder = `${base}${run.day}/`;
    const files = filesBelow(folder);
    const { Arn: arn = null } = await clients.of(STSClient, home).send(new GetCallerIdentityCommand({}));
    const { [VARIABLES.archive]: place, [VARIABLES.reports]: reports } = environment;

    if (message.step === 'close') {
      const units = message.parts.map(({ collector, region }) => unitOf(find(chosen, collector), account, region));
      const facts = {
        tool,
        account,
        regions,
        caller: arn,
        period: { from: run.from, to: run.to },
        archive: place ?? null,
        collectors: chosen.map(({ id }) => id),
        finished: now().toISOString(),
        previous: run.previous,
      };
      return closeRun(units, facts, { files, store: filesBelow(''), folder, name: `${account}/${home}/${run.day}` });
    }

    const [outcome] = await runCollectors({
      collectors: [find(chosen, message.collector)],
      regions: [message.region],
      period: { from: new Date(run.from), to: new Date(run.to) },
      caller: { account, partition, arn },
      archive: place === undefined ? undefined : BucketArchive.at(place, s3),
      reports: reports === undefined ? undefined : BucketArchive.at(reports, s3),
      files,
      tool,
      now,
      clientOf: (type, region) => clients.of(type, region),
      shouldStop: () => context.getRemainingTimeInMillis() < RESERVE,
    });
    if (outcome.status === 'failed') throw Object.assign(new Error(outcome.problem), { name: UNFINISHED });
    return { done: outcome.status === 'done' };
  };
}

function find(collectors: readonly Collector[], id: string): Collector {
  const found = collectors.find((each) => each.id === id);
  if (!found)
    throw new Error(`'${id}' is none of the collectors of this function: ${collectors.map((each) => each.id).join(', ')}`);
  return found;
}

function listed(text = ''): string[] {
  return text.split(',').filter((item) => item !== '');
}

export const handler = makeHandler({
  clients: new AwsClients(),
  collectors: COLLECTORS,
  environment: process.env,
  now: () => new Date(),
});
