import { ECRClient } from '@aws-sdk/client-ecr';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { metricLines, sureOf, writeLine } from '../../functions/emit-metrics';
import { IMAGE_METRICS, PATCH_NAMESPACE, PATCH_VARIABLES } from '../patch-settings';
import { type NewestImage, readImages } from './read-images';

/** What the function needs to know of its surroundings. */
export interface Surroundings {
  readonly ecr: ECRClient;
  readonly s3: S3Client;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** Time that is kept to publish what was found. */
const RESERVE = 30_000;
const DAY = 86_400_000;

type Invocation = Pick<Context, 'getRemainingTimeInMillis' | 'invokedFunctionArn' | 'awsRequestId'>;

/** Look once a day how old the newest image of each repository is, publish how many are stale, and fail when that could not be done. */
export function makeHandler({ ecr, s3, environment, now, write }: Surroundings) {
  return async (_event: unknown, context: Invocation): Promise<void> => {
    const started = now();
    const days = Number(environment[PATCH_VARIABLES.imageDays]);
    const reading = await readImages(ecr, () => context.getRemainingTimeInMillis() > RESERVE);
    const repositories = reading.repositories.map((each) => withAge(each, started, days));
    const ages = repositories.map(({ ageDays = 0 }) => ageDays);
    const values = [
      { name: IMAGE_METRICS.repositories, value: repositories.length },
      { name: IMAGE_METRICS.stale, value: repositories.filter(({ isStale }) => isStale).length },
      { name: IMAGE_METRICS.oldest, value: ages.reduce((a, b) => Math.max(a, b), 0), unit: 'None' as const },
    ];
    const sure = sureOf(values, reading.problem === undefined);
    for (const line of metricLines(PATCH_NAMESPACE, {}, sure, started.getTime())) write(line);

    const [, , , region, account] = context.invokedFunctionArn.split(':');
    const report = {
      schemaVersion: 1,
      subject: 'age of the newest container image of each repository',
      account,
      region,
      started: started.toISOString(),
      finished: now().toISOString(),
      collector: { function: context.invokedFunctionArn, request: context.awsRequestId },
      queries: { 'ecr:DescribeRepositories': {}, 'ecr:DescribeImages': {} },
      complete: reading.problem === undefined,
      problem: reading.problem,
      staleAfterDays: days,
      repositories,
    };
    await s3.send(
      new PutObjectCommand({
        Bucket: environment[PATCH_VARIABLES.bucket],
        Key: `${environment[PATCH_VARIABLES.prefix] ?? ''}${account}/${region}/${started.toISOString().slice(0, 10)}/images.json`,
        ContentType: 'application/json',
        Body: JSON.stringify(report),
      }),
    );
    if (reading.problem !== undefined)
      throw new Error(`Not every repository was looked at: ${reading.problem}. ${repositories.length} were.`);
  };
}

/** An image of which nobody knows when it was pushed is stale; an empty repository has none. */
function withAge({ pushed, pulled, ...image }: NewestImage, now: Date, days: number) {
  const age = pushed === undefined ? undefined : Math.max(0, now.getTime() - pushed.getTime()) / DAY;
  return {
    ...image,
    pushed: pushed?.toISOString(),
    pulled: pulled?.toISOString(),
    ageDays: age === undefined ? undefined : Math.floor(age),
    isStale: image.images > 0 && !(age !== undefined && age <= days),
  };
}

export const handler = makeHandler({
  ecr: new ECRClient(CLIENT_OPTIONS),
  s3: new S3Client(CLIENT_OPTIONS),
  environment: process.env,
  now: () => new Date(),
  write: writeLine,
});
