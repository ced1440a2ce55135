/** What the construct, the workflow and the functions of a restore test tell each other: types and constants, nothing that runs. */

/** Types of resources with a validator, in the words of AWS Backup; and databases that AWS Backup does not know. */
export const KINDS = ['Aurora', 'DynamoDB', 'EBS', 'EC2', 'EFS', 'RDS', 'S3'] as const;
export type Kind = (typeof KINDS)[number];
export type TestedKind = Kind | 'SelfHosted';

/** The namespace of the metrics, and the names that alarms look for. */
export const NAMESPACE = 'Soc2/RestoreTesting';
export const PLAN_DIMENSION = 'RestoreTestingPlan';
export const METRICS = {
  restoreSeconds: 'RestoreSeconds',
  usableSeconds: 'UsableSeconds',
  recoveryPointAgeSeconds: 'RecoveryPointAgeSeconds',
  validationSucceeded: 'ValidationSucceeded',
  cleanUpSucceeded: 'CleanUpSucceeded',
  hoursSinceLastSuccess: 'HoursSinceLastSuccessfulRestore',
  untestedResources: 'UntestedResources',
} as const;

/** Environment variables of the functions. */
export const VARIABLES = {
  bucket: 'TICKET_BUCKET',
  plan: 'PLAN_NAME',
  opsItems: 'OPS_ITEMS',
  stateMachine: 'STATE_MACHINE_ARN',
  overdueHours: 'OVERDUE_HOURS',
} as const;

/** Where tickets are in their bucket. */
export const TICKET_PREFIX = 'restore-tests/';

/** Resources that restore testing makes have names that begin so, and the role that cleans up deletes no others. */
export const RESTORED_PREFIX = 'awsbackup-restore-test-';

/** A table that must have come back. */
export interface ExpectedTable {
  readonly schema?: string;
  readonly name: string;
  readonly minimumRows: number;
  /** A column with the time of the latest change. */
  readonly freshColumn?: string;
  /** How much older than the recovery point the latest change may be. */
  readonly maximumAgeSeconds?: number;
}

/** A statement of the user, whose first value must be what is expected. */
export interface ExpectedAnswer {
  readonly name: string;
  readonly sql: string;
  readonly expected: string;
}

/** What is looked for inside of a database. */
export interface ExpectedData {
  readonly database: string;
  readonly user: string;
  /** Not set: the user signs in with a token of IAM. */
  readonly secretArn?: string;
  readonly tables: readonly ExpectedTable[];
  readonly assertions: readonly ExpectedAnswer[];
  readonly statementSeconds: number;
}

/** Where the function that reads files has the restored file system. */
export const MOUNT_PATH = '/mnt/restored';

/** What is looked for among the files of a file system. */
export interface ExpectedFiles {
  /** The name of the function that reads them, which is inside of the network; known when it is made. */
  readonly reader?: string;
  readonly minimumFiles: number;
  readonly minimumBytes: number;
  readonly sampleSize: number;
  /** Paths that must be there. */
  readonly paths: readonly string[];
  /** The path of a file in the format of `sha256sum`, in the file system itself. */
  readonly checksumFile?: string;
}

/** What is looked for in a resource; each validator reads its part. */
export interface Expectations {
  readonly data?: ExpectedData;
  readonly files?: ExpectedFiles;
  /** The class of the instance that a restored Aurora cluster gets for the time of the test. */
  readonly instanceClass?: string;
  readonly minimumItems?: number;
  readonly sampleSize?: number;
  readonly requiredAttributes?: readonly string[];
  readonly minimumObjects?: number;
  readonly minimumBytes?: number;
  /** The key of a file in the format of `sha256sum`, in the bucket itself. */
  readonly checksumFile?: string;
  readonly minimumSizeGiB?: number;
  /** Names of file systems of which one must be found on a volume. */
  readonly fileSystems?: readonly string[];
  /** A command that must succeed on the restored instance, by Systems Manager. */
  readonly healthCommand?: string;
}

/** Something whose backups are tested: one resource, or every one of a kind that is selected by tags. */
export interface Target {
  readonly kind: TestedKind;
  /** Its ARN; the name of a self-hosted database; not set for every resource of the kind. */
  readonly source?: string;
  readonly expect: Expectations;
  /** The state of the workflow that runs the user's own validation; `NO_HOOK` for none. */
  readonly hook: string;
  /** Set when the plan does not name what was restored. */
  readonly isUnknown?: true;
}

export const NO_HOOK = 'none';

/** What is the same for every test of a plan. */
export interface Settings {
  readonly planArn: string;
  readonly rpoSeconds: number;
  readonly rtoSeconds: number;
  /** So long AWS Backup waits for a result. */
  readonly validationHours: number;
  /** The key of restored resources that can have one chosen. */
  readonly keyArn: string;
  readonly vpcId?: string;
  readonly securityGroupId?: string;
  /** Subnets of the functions inside of the network, one in each zone. */
  readonly subnetIds?: readonly string[];
}

/** A restore, by AWS Backup or by a hook. Times are in ISO 8601. */
export interface RestoreJob {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly created?: string;
  readonly recoveryPoint: string;
  readonly recoveryPointAt?: string;
  readonly startedAt: string;
  readonly completedAt?: string;
  readonly bytes?: number;
  readonly status: string;
  readonly statusMessage?: string;
  /** The role that restored. */
  readonly by?: string;
}

/** One thing that was looked at. Everything in it may be shown to an auditor. */
export interface Check {
  readonly name: string;
  readonly expected: string;
  readonly observed: string;
  readonly passed: boolean;
  /** What was asked: an operation of AWS, or a statement. */
  readonly asked: string;
  readonly at: string;
}

/** How a restore goes on to be tested. */
export type Verdict = 'foreign' | 'not restored' | 'interrupted' | 'validate';

/** What AWS Backup says of the recovery point that was restored. */
export interface RecoveryPoint {
  /** What a scan for malware found, or that there was none. */
  readonly malwareScan: string;
  readonly checks: readonly Check[];
}

/** What the first step finds. */
export interface Confirmed {
  readonly verdict: Verdict;
  readonly job?: RestoreJob;
  readonly recoveryPoint?: RecoveryPoint;
  readonly target?: Target;
  readonly settings?: Settings;
  /** When validation must be done. */
  readonly deadline?: string;
}

/** Where clients reach a database. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly engine: string;
}

/** What a step returns that may have to run again: until it is done, it is called again after `wait` seconds. */
export interface Step {
  readonly done: boolean;
  readonly wait: number;
  readonly checks: readonly Check[];
  /** What the step wants to know when it is called again. */
  readonly progress?: unknown;
  readonly endpoint?: Endpoint;
}

/** The result of a test, in the words of AWS Backup where it has some. */
export type Result = 'SUCCESSFUL' | 'FAILED' | 'NOT_RESTORED' | 'FOREIGN';

export interface Report {
  readonly result: Result;
  readonly message: string;
  readonly endedAt: string;
  /** Whether AWS Backup has the result. */
  readonly reported: boolean;
  readonly job?: RestoreJob;
}

/** What became of the restored resource. */
export interface CleanUp extends Step {
  readonly status: string;
  readonly message: string;
  readonly at: string;
}

export interface Failure {
  readonly Error?: string;
  readonly Cause?: string;
}

/** What the workflow knows, step by step. */
export interface State {
  readonly restoreJobId?: string;
  readonly selfHosted?: string;
  /** Set when an execution takes over from one that did not come to its end. */
  readonly ended?: { readonly status: string; readonly execution: string };
  readonly test?: Confirmed;
  readonly instance?: Step;
  readonly settings?: Step;
  readonly data?: Step;
  readonly mount?: Step;
  readonly files?: Step;
  readonly hook?: unknown;
  readonly removal?: Step;
  readonly error?: Failure;
  readonly removalError?: Failure;
  readonly report?: Report;
  readonly reportError?: Failure;
  readonly cleanUp?: CleanUp;
}

/** What a step of `restore-job` is called with: its name, what is the same for every test, and what the workflow knows. */
export interface JobCall {
  readonly step: 'confirm' | 'report' | 'cleanUp';
  readonly settings: Settings;
  readonly targets: readonly Target[];
  readonly state: State;
}

/** What is known of a restore that is validated. */
export type ConfirmedTest = Confirmed & Required<Pick<Confirmed, 'job' | 'target' | 'settings' | 'deadline'>>;

/** What a validator is called with. */
export interface ValidatorCall {
  readonly test: ConfirmedTest;
  readonly settings?: Step;
}

/** What the daily comparison is called with. */
export interface AbsenceCall {
  readonly watched: readonly Watched[];
}

/** Some of what it looks at. */
export interface Watched {
  readonly kind: TestedKind;
  /** ARNs, or names of self-hosted databases; empty for every resource that has the tags. */
  readonly sources: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}
