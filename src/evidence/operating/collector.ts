import type { ControlId } from '../../criteria/controls';
import type { JsonObject } from '../../model/json';
import type { Archive } from './archive';

/** What a collector is, without its code: constructs derive rights from it, and documents list it. */
export interface CollectorDescription {
  /** In lower case with dashes; names the folder of its records. */
  readonly id: string;
  /** What it collects, without a full stop. */
  readonly title: string;
  /** Raised whenever its rows change their meaning. */
  readonly version: number;
  /** The controls whose operation its records show. */
  readonly controls: readonly ControlId[];
  /** Whether it runs once in each Region, or once in the account. */
  readonly scope: 'region' | 'account';
  /** Whether it asks the API of AWS, reads the archive of the trail, needs both, or reads reports that constructs of the library wrote. */
  readonly reads: 'api' | 'archive' | 'both' | 'reports';
  /** What the keys of these reports begin with, for one that reads them. */
  readonly reports?: string;
  /** Whether the archive tells all that it tells and more: then it runs only where there is none, or where it is asked for. */
  readonly onlyWithoutArchive?: boolean;
  /**
   * The actions of IAM that it needs, each with the resource it acts on: `*` where IAM knows no resource for it, otherwise an ARN in
   * which `${partition}`, `${region}` and `${account}` stand for where it runs. Reading the archive and reports is not listed here.
   */
  readonly actions: Readonly<Record<string, string>>;
}

/** Collects evidence that controls operated. */
export interface Collector extends CollectorDescription {
  /**
   * Ask, and give every answer as a page.
   *
   * Each query gives at least one page, if only an empty one: that nothing was found is evidence too. What is thrown ends the
   * collector; what it gave before is kept, and the record says that the rest is missing. Use `tolerant` where one query may fail and
   * the others go on. Do not wait between calls: clients of the context keep to the limits of AWS.
   */
  collect(context: CollectContext): AsyncIterable<Page>;
}

/** What is asked. Its pages make one record. */
export interface Query {
  /** In lower case with dashes; names the files of the record. */
  readonly id: string;
  /** What the rows are, without a full stop. */
  readonly title: string;
  /** What was called to get them. */
  readonly calls: readonly Call[];
  /** Whether the rows are what happened in the period, or what is so at the moment of collection. */
  readonly covers: 'period' | 'moment';
  /** The controls that it shows, where they are not all those of the collector. */
  readonly controls?: readonly ControlId[];
}

/** An operation of the API of AWS, such as `cloudtrail:LookupEvents`, with its parameters. */
export interface Call {
  readonly api: string;
  readonly parameters: JsonObject;
}

/** One answer to a query, or a few. */
export interface Page {
  readonly query: Query;
  readonly rows: readonly Row[];
  /**
   * Where to go on when the run is killed after this page; the collector gets it back as `resumeFrom`. It holds for all queries of the
   * collector: a page without it is kept only together with the next page that has one, or at the end.
   */
  readonly cursor?: string;
  /** How many answers of AWS, or files of the archive, it holds; 1 when not given. */
  readonly answers?: number;
  /** What could not be read, one line each. The record is then incomplete, and the run fails. */
  readonly missing?: readonly string[];
  /** Why AWS does not tell all of it: a limit, which no other run would get around. */
  readonly truncated?: string;
  /** Files that belong to the record, such as pictures. */
  readonly attachments?: readonly Attachment[];
}

/** Something that was found. Rows of a query with the same id are one row: the first that came. */
export interface Row {
  readonly id: string;
  /** Secrets in it are redacted before it is written. Dates are texts in ISO 8601. */
  readonly data: JsonObject;
}

export interface Attachment {
  /** Name of the file, without a folder. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** From the first moment up to the second, which does not belong to it. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** Where and for when a collector works. */
export interface CollectContext {
  readonly account: string;
  readonly partition: string;
  /** For a collector of the whole account, the first of the Regions that were asked for. */
  readonly region: string;
  readonly period: Period;
  /** The cursor of the last page that was kept, when an earlier run was killed or failed. */
  readonly resumeFrom?: string;
  /** The archive of the trail; set for collectors that read it. */
  readonly archive?: Archive;
  /** The bucket or folder with the reports that constructs wrote; set for collectors that read them. */
  readonly reports?: Archive;
  /** The time by the clock of AWS. */
  now(): Date;
  /** The client of a service in the Region, or in another one. It waits where AWS limits calls, and tries again what was throttled. */
  client<Client>(type: ClientType<Client>, region?: string): Client;
  /** Tell whoever waits what is being done. */
  say(progress: string): void;
}

/** The class of a client of the SDK, such as `CloudTrailClient`. */
export type ClientType<Client> = new (options: ClientOptions) => Client;

/** How clients are made. */
export interface ClientOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  readonly forcePathStyle?: boolean;
  /** Whether S3 finds buckets in other Regions. */
  readonly followRegionRedirects?: boolean;
  readonly maxAttempts?: number;
  readonly retryMode?: string;
  readonly requestHandler?: { readonly connectionTimeout: number; readonly requestTimeout: number };
}
