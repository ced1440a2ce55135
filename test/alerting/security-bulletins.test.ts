import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { SecurityBulletins, type SecurityBulletinsProps } from '../../src';
import { readEvent } from '../../src/alerting/enrich-alert/read-event';
import { fetchFeed } from '../../src/alerting/security-bulletins/fetch-feed';
import { makeHandler } from '../../src/alerting/security-bulletins/handler';
import { readFeed } from '../../src/alerting/security-bulletins/read-feed';
import { only } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import { keepsItsPromises } from '../helpers/promises';
import { resources, template } from '../helpers/template';
import * as sample from './events';

const item = (number: number, title = `Bulletin ${number}`) =>
  `<item><title>${title}</title><link>https://example.com/${number}</link><guid isPermaLink="false">b-${number}</guid><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>`;
const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>${items.join('')}</channel></rss>`;

describe('reading a feed', () => {
  test.each([
    ['RSS 2.0', rss(item(1))],
    [
      'Atom',
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>b-1</id><title type="html">Bulletin 1</title><link rel="alternate" href="https://example.com/1"/><updated>2026-11-20T10:00:00Z</updated></entry></feed>',
    ],
    [
      'RSS 1.0',
      '<rdf:RDF xmlns:rdf="x" xmlns:dc="y"><item rdf:about="b-1"><guid>b-1</guid><title>Bulletin 1</title><link>https://example.com/1</link><dc:date>2026-11-20T10:00:00Z</dc:date></item></rdf:RDF>',
    ],
  ])('%s gives title, link and time', (_, text) => {
    expect(readFeed(text)).toEqual([
      {
        key: expect.stringMatching(/^[\w-]{22}$/),
        title: 'Bulletin 1',
        link: 'https://example.com/1',
        published: '2026-11-20T10:00:00.000Z',
      },
    ]);
  });

  test('text in CDATA and with entities of XML is read, and an empty feed has no bulletins', () => {
    expect(readFeed(rss(item(1, '<![CDATA[<b>A & B</b>]]>')))[0].title).toBe('<b>A & B</b>');
    expect(readFeed(rss(item(1, 'A &amp; B')))[0].title).toBe('A & B');
    expect(readFeed(rss())).toEqual([]);
  });

  test.each([
    ['a script', 'javascript:alert(1)'],
    ['words', 'no link'],
    ['a link with a blank', 'https://example.com/ a'],
  ])('%s is no link', (_, link) => {
    expect(readFeed(rss(`<item><title>x</title><link>${link}</link></item>`))[0].link).toBeUndefined();
  });

  test('entities that grow without end are refused', () => {
    const bomb =
      '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>';
    expect(() => readFeed(bomb)).toThrow('declares entities of its own');
  });

  test.each(['', 'not found', '<html><body>sign in</body></html>', '{"rss":1}'])('%j is no feed', (text) => {
    expect(() => readFeed(text)).toThrow();
  });

  test('titles of any length are cut, and one without any id is left out', () => {
    expect(readFeed(rss(item(1, 'x'.repeat(10_000))))[0].title).toHaveLength(500);
    expect(readFeed(rss('<item><description>x</description></item>', item(1)))).toHaveLength(1);
  });

  test('a feed of which no entry can be told from another is not read: its form has changed', () => {
    expect(() => readFeed(rss('<item><headline>x</headline></item>'))).toThrow(
      'no entry of the feed has an id, a link or a title',
    );
  });

  test('a bulletin that is listed twice is one', () => {
    expect(readFeed(rss(item(1), item(2), item(1)))).toHaveLength(2);
  });
});

describe('fetching a feed', () => {
  const answer = (body: string, options: ResponseInit = {}, url = '') => {
    const response = new Response(body, options);
    Object.defineProperty(response, 'url', { value: url });
    return async () => response;
  };
  test('the whole text comes', async () => expect(await fetchFeed(answer('déjà'), 'https://x')).toBe('déjà'));
  test.each([
    ['no success', answer('', { status: 503 }), 'the answer was 503'],
    ['an address that is not encrypted', answer('x', {}, 'http://x/feed'), 'not encrypted'],
    ['more than ten megabytes', answer('x'.repeat(11 * 1024 * 1024)), 'larger than'],
  ])('%s is refused', async (_, fetch, problem) => {
    await expect(fetchFeed(fetch, 'https://x')).rejects.toThrow(problem);
  });
});

describeWithTool(EMULATOR, 'telling, with the table of an emulator', () => {
  let emulator: Emulator;
  let dynamodb: DynamoDBClient;
  let count = 0;
  const eventsClient = new EventBridgeClient({ region: 'eu-west-1' });
  const events = mockClient(eventsClient);
  let TableName: string;
  beforeAll(async () => {
    emulator = await Emulator.start();
    dynamodb = new DynamoDBClient(emulator.options);
  }, 120_000);
  afterAll(() => emulator.stop());
  beforeEach(async () => {
    TableName = `bulletins-${count++}`;
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
  });

  /** Read two feeds once: what each answers, and what is told. */
  async function read(one: string | Error, two: string = rss(), isTaken = true) {
    events.reset();
    events
      .on(PutEventsCommand)
      .resolves(isTaken ? { FailedEntryCount: 0 } : { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] });
    const lines: string[] = [];
    const handler = makeHandler({
      dynamodb,
      events: eventsClient,
      fetch: async (url) => {
        if (url.endsWith('/two')) return new Response(two);
        if (one instanceof Error) throw one;
        return new Response(one);
      },
      environment: {
        FEEDS: JSON.stringify([
          { name: 'One', url: 'https://feeds/one' },
          { name: 'Two', url: 'https://feeds/two' },
        ]),
        TABLE_NAME: TableName,
        KEEP_DAYS: '400',
      },
      now: () => new Date('2026-11-20T12:00:00Z'),
      write: (line) => lines.push(line),
    });
    await handler();
    const { _aws, ...metrics } = JSON.parse(lines[0]);
    const told = events.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => JSON.parse(input.Entries![0].Detail!));
    return { metrics, told, lines: lines.slice(1) };
  }

  test('the first time nobody is told; then of what is new, once', async () => {
    expect((await read(rss(item(1)))).told).toEqual([]);
    const { told, metrics } = await read(rss(item(2), item(1)));
    expect(told).toEqual([
      { feed: 'One', id: expect.any(String), count: 1, bulletins: [expect.objectContaining({ title: 'Bulletin 2' })] },
    ]);
    expect(metrics).toEqual({ FeedsRead: 2, FeedsNotRead: 0, BulletinsTold: 1 });
    expect((await read(rss(item(2), item(1)))).told).toEqual([]);
  });

  test('what was told is kept, with its time', async () => {
    await read(rss(item(1)));
    await read(rss(...Array.from({ length: 60 }, (_, index) => item(index + 1))));
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }));
    const bulletins = Items.filter(({ id }) => id.S!.startsWith('bulletin '));
    expect(bulletins).toHaveLength(59);
    expect(bulletins[0]).toMatchObject({
      feed: { S: 'One' },
      told: { S: '2026-11-20T12:00:00.000Z' },
      expires: { N: String(1795176000 + 400 * 86_400) },
    });
  });

  test('many at once are one event that names the first of them', async () => {
    await read(rss(item(1)));
    const { told } = await read(rss(...Array.from({ length: 1_000 }, (_, index) => item(index, '"'.repeat(500)))));
    expect(told).toHaveLength(1);
    expect([told[0].count, told[0].bulletins.length]).toEqual([999, 25]);
    expect(JSON.stringify(told[0]).length).toBeLessThan(200_000);
  });

  test('a feed that fails does not touch the others, and is named in the log', async () => {
    await read(rss(item(1)), rss(item(5)));
    const { told, metrics, lines } = await read(new TypeError('fetch failed\nforged line'), rss(item(6)));
    expect(told.map(({ feed }) => feed)).toEqual(['Two']);
    expect(metrics).toMatchObject({ FeedsRead: 1, FeedsNotRead: 1 });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]).message).toBe('A feed was not read: One: TypeError: fetch failed\nforged line');
  });

  test('an event that is not taken is told the next time', async () => {
    await read(rss(item(1)));
    const failed = await read(rss(item(1), item(2)), rss(), false);
    expect(failed.metrics).toMatchObject({ FeedsNotRead: 1, BulletinsTold: 0 });
    expect((await read(rss(item(1), item(2)))).told).toHaveLength(1);
  });

  test('an empty answer makes nothing that is old new, and counts as a feed that was not read', async () => {
    await read(rss(item(1)));
    const { metrics, lines } = await read(rss());
    expect(metrics).toMatchObject({ FeedsRead: 1, FeedsNotRead: 1 });
    expect(lines).toEqual([expect.stringContaining('One: Error: there were bulletins in it before, and now there are none')]);
    expect((await read(rss(item(1)))).told).toEqual([]);
  });

  test('the first bulletin of a feed that was empty so far is told', async () => {
    expect((await read(rss())).metrics.FeedsNotRead).toBe(0);
    expect((await read(rss(item(1)))).told).toHaveLength(1);
  });

  test('bulletins that are listed twice are told once, and written down', async () => {
    await read(rss(item(1)));
    expect((await read(rss(item(2), item(1), item(2)))).metrics).toEqual({ FeedsRead: 2, FeedsNotRead: 0, BulletinsTold: 1 });
    expect((await read(rss(item(2), item(1), item(2)))).told).toEqual([]);
  });
});

test('bulletins are told with their titles and links, and grave ones as such', () => {
  expect(readEvent(sample.bulletins)).toMatchObject({
    source: 'SECURITY_BULLETINS',
    title: 'AWS Security Bulletins: 1 new',
    description: 'CVE-2026-12345 - Issue in a library https://aws.amazon.com/security/security-bulletins/2026-099-aws/',
    severity: 4,
  });
  expect(readEvent({ ...sample.bulletins, detail: { bulletins: 'x' } })).toMatchObject({ title: 'a feed: some new' });
});

describe('the construct', () => {
  const make = (props?: SecurityBulletinsProps) => (stack: Stack) => new SecurityBulletins(stack, 'Bulletins', props);
  const topicIn = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');
  keepsItsPromises({ make: make() });

  test('reads the bulletins of AWS, Amazon Linux and CISA every six hours', () => {
    const built = template(make());
    const { Environment } = resources(built, 'AWS::Lambda::Function')[0].Properties;
    expect(JSON.parse(Environment.Variables.FEEDS).map(({ url }: { url: string }) => new URL(url).host)).toEqual([
      'aws.amazon.com',
      'alas.aws.amazon.com',
      'www.cisa.gov',
    ]);
    expect(only(built, 'AWS::Events::Rule').Properties.ScheduleExpression).toBe('rate(6 hours)');
  });

  test('alarms tell of a feed that was not read in a day, and when nobody read', () => {
    const alarms = resources(
      template((stack) => make({ alarmTopic: topicIn(stack) })(stack)),
      'AWS::CloudWatch::Alarm',
    ).filter(({ Properties }) => Properties.Namespace === 'Soc2/SecurityBulletins');
    expect(alarms.map(({ Properties }) => `${Properties.MetricName} ${Properties.Statistic}`)).toEqual([
      'FeedsNotRead Minimum',
      'FeedsRead SampleCount',
    ]);
  });

  const feed = (changes: object) => ({ feeds: [{ name: 'One', url: 'https://example.com/feed', ...changes }] });
  test.each<[SecurityBulletinsProps, string]>([
    [{ feeds: [] }, "'feeds' must name 1 to 20 feeds, got 0"],
    [feed({ name: ' ' }), "'name' of a feed must be 1 to 60 characters"],
    [feed({ url: 'http://example.com' }), "'url' of the feed 'One' must begin with https://, got 'http://example.com'"],
    [{ feeds: [...feed({}).feeds, ...feed({ name: 'Two' }).feeds] }, 'must name each address once'],
    [{ every: Duration.minutes(30) }, "'every' must be whole hours from 1 to 24, got 0.5"],
    [{ every: Duration.days(2) }, 'got 48'],
  ])('%j is refused', (props, problem) => {
    expect(() => template(make(props))).toThrow(problem);
  });
});
