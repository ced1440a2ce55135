import {
  type ComplianceItem,
  DescribeInstanceInformationCommand,
  ListComplianceItemsCommand,
  ListResourceComplianceSummariesCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { everyPage } from '../../functions/every-page';

/** What is asked of Systems Manager. */
export const QUERIES = {
  servers: { MaxResults: 50 },
  scans: { Filters: [{ Key: 'ComplianceType', Values: ['Patch'], Type: 'EQUAL' }], MaxResults: 50 },
  patches: {
    ResourceTypes: ['ManagedInstance'],
    Filters: [
      { Key: 'ComplianceType', Values: ['Patch'], Type: 'EQUAL' },
      { Key: 'Status', Values: ['NON_COMPLIANT'], Type: 'EQUAL' },
    ],
    MaxResults: 50,
  },
} as const;

/** A server that Systems Manager manages. */
export interface Server {
  readonly id: string;
  /** `Online`, or how it is lost. */
  readonly ping: string;
  /** What runs on it, as its agent says. */
  readonly system: string;
  /** When somebody last looked which patches it lacks. */
  scanned?: Date;
  /** Whether it lacks some. */
  lacks?: boolean;
}

/** A patch that a server lacks. */
export interface MissingPatch {
  readonly server: string;
  readonly item: ComplianceItem;
}

/** What was read, and how far. */
export interface Reading {
  readonly servers: ReadonlyMap<string, Server>;
  readonly missing: readonly MissingPatch[];
  /** Servers whose patches were all read. */
  readonly complete: ReadonlySet<string>;
  readonly pages: number;
  /** Why not everything was read; not set when it was. */
  readonly problem?: string;
}

/** Servers that are asked for at the same time. */
const AT_ONCE = 4;

/** Read which servers there are, when they were looked at, and what they lack; what was read before something failed counts. */
export async function readPatches(client: SSMClient, hasTime: () => boolean): Promise<Reading> {
  const servers = new Map<string, Server>();
  const missing: MissingPatch[] = [];
  const complete = new Set<string>();
  let pages = 0;
  const next = ({ NextToken: token }: { NextToken?: string }) => token;

  const readServers = async () => {
    const read = (NextToken?: string) => client.send(new DescribeInstanceInformationCommand({ ...QUERIES.servers, NextToken }));
    for await (const { InstanceInformationList: list = [] } of everyPage(read, next, hasTime)) {
      pages += 1;
      for (const { InstanceId: id, PingStatus: ping = 'unknown', PlatformName: name = '', PlatformVersion: version = '' } of list)
        if (id !== undefined) servers.set(id, { id, ping, system: `${name} ${version}`.trim() });
    }
  };
  const readScans = async () => {
    const filters = {
      ...QUERIES.scans,
      Filters: [...QUERIES.scans.Filters.map((each) => ({ ...each, Values: [...each.Values] }))],
    };
    const read = (NextToken?: string) => client.send(new ListResourceComplianceSummariesCommand({ ...filters, NextToken }));
    for await (const { ResourceComplianceSummaryItems: items = [] } of everyPage(read, next, hasTime)) {
      pages += 1;
      for (const { ResourceId: id = '', Status: status, ExecutionSummary: scan } of items) {
        const server = servers.get(id);
        if (server === undefined) continue;
        server.scanned = scan?.ExecutionTime;
        server.lacks = status !== 'COMPLIANT';
      }
    }
  };
  const readMissing = async ({ id }: Server) => {
    const filters = {
      ResourceIds: [id],
      ResourceTypes: [...QUERIES.patches.ResourceTypes],
      Filters: QUERIES.patches.Filters.map((each) => ({ ...each, Values: [...each.Values] })),
      MaxResults: QUERIES.patches.MaxResults,
    };
    const read = (NextToken?: string) => client.send(new ListComplianceItemsCommand({ ...filters, NextToken }));
    for await (const { ComplianceItems: items = [] } of everyPage(read, next, hasTime)) {
      pages += 1;
      for (const item of items) missing.push({ server: id, item });
    }
    complete.add(id);
  };

  try {
    await readServers();
    await readScans();
    const left = [...servers.values()].filter(({ lacks }) => lacks);
    for (const { id, lacks } of servers.values()) if (lacks === false) complete.add(id);
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await readMissing(next);
    });
    const failed = (await Promise.allSettled(workers)).find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    return { servers, missing, complete, pages };
  } catch (error) {
    const { name, message } = error as Error;
    return { servers, missing, complete, pages, problem: name === 'Error' ? message : `${name}: ${message}` };
  }
}
