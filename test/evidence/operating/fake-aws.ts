import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const ACCOUNT = '111122223333';
export const CALLER = `arn:aws:sts::${ACCOUNT}:assumed-role/auditor/jane`;

/** An event of CloudTrail, as its log files hold it. */
export interface TrailEvent {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly readOnly: boolean;
  readonly [member: string]: unknown;
}

/** What was asked for. */
export interface Asked {
  readonly operation: string;
  readonly region: string;
  readonly at: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the operation takes.
  readonly input: any;
}

/** How an answer is spoilt: an error by its name, or the connection lost. */
export type Fault = { readonly error: string; readonly status?: number } | 'lost' | undefined;

/** Answers as STS and CloudTrail do over the network, with whatever faults a test wants: clients of the SDK run as they are. */
export class FakeAws {
  public static async start(
    events: readonly TrailEvent[],
    faultOf: (asked: Asked, number: number) => Fault = () => undefined,
  ): Promise<FakeAws> {
    const fake = new FakeAws(events, faultOf);
    await new Promise<void>((ready) => fake.server.listen(0, '127.0.0.1', ready));
    return fake;
  }

  public readonly asked: Asked[] = [];
  /** Milliseconds by which its clock is ahead. */
  public ahead = 0;
  /** Regions that are switched on. */
  public regions = ['us-east-1', 'eu-west-1'];
  /** How many events a page has. */
  public pageSize = 50;
  private readonly server: Server;

  private constructor(
    public events: readonly TrailEvent[],
    public faultOf: (asked: Asked, number: number) => Fault,
  ) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the environment of a process must say for its clients to come here. */
  public get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }

  public lookups(): Asked[] {
    return this.asked.filter(({ operation }) => operation === 'LookupEvents');
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((ended) => this.server.close(() => ended()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const target = request.headers['x-amz-target'];
    const operation = typeof target === 'string' ? target.split('.').at(-1)! : (/Action=(\w+)/.exec(body)?.[1] ?? 'unknown');
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const asked = { operation, region, at: Date.now(), input: body.startsWith('{') ? JSON.parse(body) : {} };
    this.asked.push(asked);
    const fault = this.faultOf(asked, this.asked.filter((each) => each.operation === operation).length);
    if (fault === 'lost') {
      request.socket.destroy();
      return;
    }
    response.setHeader('date', new Date(Date.now() + this.ahead).toUTCString());
    if (fault) {
      response.writeHead(fault.status ?? 400, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': fault.error });
      response.end(JSON.stringify({ __type: fault.error, message: `${fault.error} of the test` }));
      return;
    }
    if (operation === 'GetCallerIdentity') {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(
        `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${CALLER}</Arn><UserId>A</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    if (request.url === '/listRegions') {
      response.end(JSON.stringify({ Regions: this.regions.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED' })) }));
      return;
    }
    response.end(JSON.stringify(operation === 'LookupEvents' ? this.lookUp(asked) : { trailList: [] }));
  }

  /** As CloudTrail does: the newest first, some at a time, by one attribute. */
  private lookUp({ input, region }: Asked): object {
    const { AttributeKey: key, AttributeValue: value } = input.LookupAttributes[0];
    const found = this.events
      .filter((event) => (event.awsRegion ?? 'eu-west-1') === region)
      .filter(
        ({ eventTime }) => Date.parse(eventTime) / 1_000 >= input.StartTime && Date.parse(eventTime) / 1_000 <= input.EndTime,
      )
      .filter((event) => attribute(event, key) === value)
      .sort((a, b) => (a.eventTime < b.eventTime ? 1 : -1));
    const start = Number(input.NextToken ?? 0);
    const end = start + this.pageSize;
    return {
      Events: found.slice(start, end).map((event) => ({
        EventId: event.eventID,
        EventName: event.eventName,
        EventTime: Date.parse(event.eventTime) / 1_000,
        CloudTrailEvent: JSON.stringify(event),
      })),
      ...(end < found.length ? { NextToken: String(end) } : {}),
    };
  }
}

function attribute(event: TrailEvent, key: string): string {
  if (key === 'ReadOnly') return String(event.readOnly);
  if (key === 'EventSource') return event.eventSource;
  if (key === 'EventName') return event.eventName;
  const identity = event.userIdentity as { type?: string; userName?: string } | undefined;
  return identity?.type === 'Root' ? 'root' : (identity?.userName ?? '');
}

/** So many deletions of buckets, some minutes from each other. */
export function deletions(count: number, day = '2026-11-01'): TrailEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    eventID: `deletion-${index}`,
    eventTime: new Date(Date.parse(`${day}T00:00:00Z`) + index * 60_000).toISOString().replace('.000Z', 'Z'),
    eventName: 'DeleteBucket',
    eventSource: 's3.amazonaws.com',
    readOnly: false,
    eventCategory: 'Management',
    requestParameters: { bucketName: `bucket-${index}` },
    userIdentity: { type: 'IAMUser', userName: 'jane' },
  }));
}
