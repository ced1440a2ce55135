import { collectUnit, type UnitOutcome } from '../../../../src/evidence/operating/collect-unit';
import type { ClientOptions, ClientType, CollectContext, Collector } from '../../../../src/evidence/operating/collector';
import type { EvidenceFiles } from '../../../../src/evidence/operating/evidence-files';
import type { EvidenceRecord } from '../../../../src/evidence/operating/evidence-record';
import type { JsonObject } from '../../../../src/model/json';

type Input = Readonly<Record<string, unknown>>;

/** What an operation answers: its pages, or by what it is asked. */
export type Pages = readonly object[] | ((input: Input) => readonly object[] | Error);

/** Answers by operation, as IAM names the action. */
export type Answers = Readonly<Record<string, Pages>>;

/** Services by the name of their client. */
const SERVICES: Readonly<Record<string, string>> = {
  BackupClient: 'backup',
  CloudTrailClient: 'cloudtrail',
  CloudWatchClient: 'cloudwatch',
  ConfigServiceClient: 'config',
  GuardDutyClient: 'guardduty',
  HealthClient: 'health',
  IAMClient: 'iam',
  Inspector2Client: 'inspector2',
  SecurityHubClient: 'securityhub',
  SNSClient: 'sns',
  SSMClient: 'ssm',
};

/** How services lead to the next page. */
const TOKENS: Readonly<Record<string, string>> = { health: 'nextToken', iam: 'Marker', inspector2: 'nextToken' };

/** May answer in the place of AWS: undefined lets AWS answer. */
export type Fault = (call: FakeCall) => Promise<object> | object | undefined;

export interface FakeCall {
  readonly api: string;
  readonly input: Input;
  readonly region: string;
  /** Page that is asked for, from 0. */
  readonly page: number;
  readonly token: string;
}

/** AWS with these answers, by pages, which notes what it was asked. */
export class FakeAws {
  public readonly calls: FakeCall[] = [];
  public fault: Fault = () => undefined;

  constructor(private readonly answers: Answers) {}

  public get asked(): string[] {
    return [...new Set(this.calls.map(({ api }) => api))].sort();
  }

  public client<Client>(type: ClientType<Client>, region: string): Client {
    const options: ClientOptions = { region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    const send = (command: { constructor: { name: string }; input: Input }) => this.answer(type.name, command, region);
    // The client itself is there: paginators of the SDK look at its class.
    return Object.assign(new type(options) as object, { send }) as Client;
  }

  private async answer(
    client: string,
    command: { constructor: { name: string }; input: Input },
    region: string,
  ): Promise<object> {
    const service = SERVICES[client];
    const api = `${service}:${command.constructor.name.replace(/Command$/, '')}`;
    const token = TOKENS[service] ?? 'NextToken';
    const { [token]: at, ...input } = command.input;
    const page = at === undefined ? 0 : Number(String(at).replace('page ', ''));
    const call = { api, input, region, page, token };
    this.calls.push(call);
    const fault = await this.fault(call);
    if (fault) return fault;
    const known = this.answers[api];
    if (!known) throw new Error(`the test has no answer to ${api}`);
    const pages = typeof known === 'function' ? known(input) : known;
    if (pages instanceof Error) throw pages;
    if (!pages[page]) throw new Error(`${api} has no page ${page}`);
    const next = page + 1 < pages.length ? { [token]: `page ${page + 1}` } : {};
    return { $metadata: { requestId: 'of the test' }, ...pages[page], ...next };
  }
}

/** An error as the SDK throws it. */
export function awsError(name: string, message = `${name} of the test`): Error {
  return Object.assign(new Error(message), { name });
}

/** Files in memory. */
export class MemoryFiles implements EvidenceFiles {
  public readonly files = new Map<string, Buffer>();

  public async read(path: string): Promise<Buffer | undefined> {
    return this.files.get(path);
  }

  public async write(path: string, content: Uint8Array): Promise<void> {
    this.files.set(path, Buffer.from(content));
  }
}

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const PERIOD = { from: new Date('2026-11-02T00:00:00Z'), to: new Date('2026-11-15T00:00:00Z') };
export const NOW = new Date('2026-11-15T06:00:00Z');

/** What a collector collected, and what of it was written. */
export interface Collected extends UnitOutcome {
  record(query: string): EvidenceRecord;
  rows(query: string): { readonly id: string; readonly data: JsonObject }[];
}

/** Run a collector as the command does. */
export async function run(
  collector: Collector,
  aws: Pick<FakeAws, 'client'>,
  files = new MemoryFiles(),
  more: Partial<CollectContext> = {},
): Promise<Collected> {
  const outcome = await collectUnit({
    collector,
    unit: { collector: collector.id, account: ACCOUNT, region: REGION },
    context: {
      account: ACCOUNT,
      partition: 'aws',
      region: REGION,
      period: PERIOD,
      now: () => NOW,
      client: (type, region = REGION) => aws.client(type, region),
      say: () => undefined,
      ...more,
    },
    caller: `arn:aws:sts::${ACCOUNT}:assumed-role/Auditor/someone`,
    files,
    tool: 'cdk-soc2 test',
  });
  const record = (query: string) => {
    const found = outcome.records.find((each) => each.query.id === query);
    if (!found) throw new Error(`there is no record of ${query}: ${outcome.records.map((each) => each.query.id)}`);
    return found;
  };
  const rows = (query: string) =>
    record(query).payload.flatMap(({ path }) =>
      files.files
        .get(path)!
        .toString('utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
  return { ...outcome, record, rows };
}
