import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/hosts/image-age/handler';
import { readImages } from '../../src/hosts/image-age/read-images';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import { scriptedAnswers } from '../helpers/scripted-answers';

const NOW = new Date('2026-11-20T08:25:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const run = async (ecr: ECRClient, remaining = () => 600_000) => {
  const lines: string[] = [];
  const s3 = mockClient(S3Client);
  s3.on(PutObjectCommand).resolves({});
  const handler = makeHandler({
    ecr,
    s3: new S3Client({ region: 'eu-west-1' }),
    environment: { IMAGE_DAYS: '30', EVIDENCE_BUCKET: 'evidence', EVIDENCE_PREFIX: 'patches/' },
    now: () => NOW,
    write: (line) => lines.push(line),
  });
  const invokedFunctionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:images';
  const error = await handler({}, { getRemainingTimeInMillis: remaining, invokedFunctionArn, awsRequestId: 'request-1' }).then(
    () => undefined,
    ({ message }: Error) => message,
  );
  const { _aws, ...metrics } = JSON.parse(lines[0] ?? '{}');
  const { input } = s3.commandCalls(PutObjectCommand)[0].args[0];
  s3.restore();
  return { metrics, error, key: input.Key, report: JSON.parse(String(input.Body)) };
};

describe('on a registry', () => {
  const ecr = mockClient(ECRClient);
  afterAll(() => ecr.restore());
  beforeEach(() => ecr.reset());
  const client = new ECRClient({ region: 'eu-west-1' });

  /** Repositories, one on a page, and their images, one on a page. */
  const registry = (repositories: Readonly<Record<string, readonly object[]>>) => {
    const names = Object.keys(repositories);
    names.forEach((repositoryName, index) => {
      ecr.on(DescribeRepositoriesCommand, { nextToken: index === 0 ? undefined : `page ${index}`, maxResults: 1000 }).resolves({
        repositories: [{ repositoryName }],
        nextToken: index + 1 < names.length ? `page ${index + 1}` : undefined,
      });
      const images = repositories[repositoryName];
      Array.from({ length: Math.max(1, images.length) }, (_, at) =>
        ecr
          .on(DescribeImagesCommand, { repositoryName, nextToken: at === 0 ? undefined : `image ${at}`, maxResults: 1000 })
          .resolves({
            imageDetails: images.slice(at, at + 1),
            nextToken: at + 1 < images.length ? `image ${at + 1}` : undefined,
          }),
      );
    });
  };

  test('a repository is as old as its newest image, on whichever page that is', async () => {
    registry({
      web: [
        { imagePushedAt: ago(100) },
        { imagePushedAt: ago(2), imageDigest: 'sha256:2', imageTags: ['2'] },
        { imagePushedAt: ago(50) },
      ],
      jobs: [{ imagePushedAt: ago(31), lastRecordedPullTime: ago(1) }],
      empty: [],
    });
    const { metrics, error, report, key } = await run(client);
    expect(error).toBeUndefined();
    expect(metrics).toMatchObject({ Repositories: 3, StaleRepositories: 1, OldestImageDays: 31 });
    expect(key).toBe('patches/111122223333/eu-west-1/2026-11-20/images.json');
    expect(report).toMatchObject({
      complete: true,
      staleAfterDays: 30,
      repositories: [
        { repository: 'web', images: 3, digest: 'sha256:2', tags: ['2'], ageDays: 2, isStale: false },
        { repository: 'jobs', images: 1, ageDays: 31, pulled: ago(1).toISOString(), isStale: true },
        { repository: 'empty', images: 0, others: 0, isStale: false },
      ],
    });
  });

  test.each([
    [30, 0],
    [30.01, 1],
  ])('an image of %d days counts as stale %i times', async (days, stale) => {
    registry({ web: [{ imagePushedAt: ago(days) }] });
    expect((await run(client)).metrics.StaleRepositories).toBe(stale);
  });

  const digest = 'a'.repeat(64);
  const CONFIG = 'application/vnd.oci.image.config.v1+json';
  test.each([
    ['a signature of an image', { artifactMediaType: CONFIG, imageTags: [`sha256-${digest}.sig`] }],
    ['an attestation', { artifactMediaType: CONFIG, imageTags: [`sha256-${digest}.att`] }],
    ['a list of what belongs to an image', { imageTags: [`sha256-${digest}`] }],
    ['what refers to an image', { artifactMediaType: CONFIG, subjectManifestDigest: `sha256:${digest}` }],
    ['a signature of another form', { artifactMediaType: 'application/vnd.cncf.notary.signature' }],
    ['a chart', { artifactMediaType: 'application/vnd.cncf.helm.config.v1+json', imageTags: ['1.2.3'] }],
    ['an index of layers', { artifactMediaType: 'application/vnd.amazon.soci.index.v1+json' }],
    ['an artifact', { imageManifestMediaType: 'application/vnd.oci.artifact.manifest.v1+json' }],
  ])('%s does not make an old image new, and is counted apart', async (_, other) => {
    registry({
      web: [
        { imagePushedAt: ago(90), imageDigest: 'sha256:1' },
        { imagePushedAt: ago(1), ...other },
      ],
    });
    const { metrics, report } = await run(client);
    expect(metrics).toMatchObject({ StaleRepositories: 1, OldestImageDays: 90 });
    expect(report.repositories).toMatchObject([{ images: 1, others: 1, digest: 'sha256:1', ageDays: 90 }]);
  });

  test.each([
    ['of Docker', { artifactMediaType: 'application/vnd.docker.container.image.v1+json', imageTags: ['1'] }],
    ['of OCI', { artifactMediaType: CONFIG, imageTags: ['1', `sha256-${digest}`] }],
    ['for several processors', { imageManifestMediaType: 'application/vnd.oci.image.index.v1+json', imageTags: ['1'] }],
    ['of which ECR says nothing', {}],
  ])('an image %s counts', async (_, image) => {
    registry({ web: [{ imagePushedAt: ago(90) }, { imagePushedAt: ago(1), ...image }] });
    expect((await run(client)).metrics).toMatchObject({ StaleRepositories: 0, OldestImageDays: 1 });
  });

  test('a repository of charts alone has no image that could be stale', async () => {
    registry({ charts: [{ imagePushedAt: ago(90), artifactMediaType: 'application/vnd.cncf.helm.config.v1+json' }] });
    const { metrics, report } = await run(client);
    expect(metrics.StaleRepositories).toBe(0);
    expect(report.repositories).toMatchObject([{ repository: 'charts', images: 0, others: 1, isStale: false }]);
  });

  test('an image of which nobody knows when it was pushed is stale', async () => {
    registry({ web: [{ imageDigest: 'sha256:1' }] });
    expect((await run(client)).metrics.StaleRepositories).toBe(1);
  });

  test('an image from the future is new', async () => {
    registry({ web: [{ imagePushedAt: ago(-3) }] });
    expect((await run(client)).metrics).toMatchObject({ StaleRepositories: 0, OldestImageDays: 0 });
  });

  test('an account without repositories is no failure', async () => {
    ecr.on(DescribeRepositoriesCommand).resolves({});
    expect(await run(client)).toMatchObject({ error: undefined, metrics: { Repositories: 0 } });
  });

  test('what was read before something fails is published, and the function fails', async () => {
    registry({ web: [{ imagePushedAt: ago(90) }], jobs: [] });
    ecr
      .on(DescribeImagesCommand, { repositoryName: 'jobs' })
      .rejects(Object.assign(new Error('gone'), { name: 'RepositoryNotFoundException' }));
    const { error, metrics, report } = await run(client);
    expect(metrics.StaleRepositories).toBe(1);
    expect(report.complete).toBe(false);
    expect(error).toBe('Not every repository was looked at: RepositoryNotFoundException: gone. 1 were.');
  });

  test('it ends before the function is stopped', async () => {
    registry({ web: [{ imagePushedAt: ago(1) }], jobs: [] });
    let left = 2;
    const { error, metrics } = await run(client, () => (left-- > 0 ? 600_000 : 1_000));
    expect(error).toContain('there was no time for the rest of the list. 1 were');
    // Nobody knows that none is stale: a zero would end an alarm.
    expect(metrics).toEqual({ Repositories: 1, OldestImageDays: 1 });
  });

  test('a list that goes in circles ends', async () => {
    ecr.on(DescribeRepositoriesCommand).resolves({ repositories: [], nextToken: 'again' });
    expect((await run(client)).error).toContain('a page that it had given before');
  });
});

test('throttling only slows it down', async () => {
  const { options, requests } = scriptedAnswers([
    'ThrottlingException',
    { repositories: [{ repositoryName: 'web' }] },
    'ThrottlingException',
    { imageDetails: [{ imagePushedAt: 1_700_000_000 }] },
  ]);
  const reading = await readImages(new ECRClient(options), () => true);
  expect(reading).toEqual({
    repositories: [{ repository: 'web', images: 1, others: 0, pushed: new Date('2023-11-14T22:13:20Z') }],
  });
  expect(requests).toHaveLength(4);
});

describeWithTool(EMULATOR, 'on an emulator', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('the newest image of a repository is found', async () => {
    const client = new ECRClient(emulator.options);
    await client.send(new CreateRepositoryCommand({ repositoryName: 'web' }));
    const layer = { mediaType: 'application/vnd.docker.container.image.v1+json', size: 1, digest: `sha256:${'0'.repeat(64)}` };
    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: layer,
      layers: [],
    });
    await client.send(new PutImageCommand({ repositoryName: 'web', imageManifest, imageTag: '1' }));
    const { repositories, problem } = await readImages(client, () => true);
    expect(problem).toBeUndefined();
    expect(repositories).toMatchObject([{ repository: 'web', images: 1, tags: ['1'], pushed: expect.any(Date) }]);
  });
});
