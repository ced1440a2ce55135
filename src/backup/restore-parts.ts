import { Duration, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { DatabaseRestoreTestOptions, FileSystemRestoreTestOptions } from './restore-expectations';
import type { RestoreHook } from './restore-hook';
import type { Expectations, ExpectedFiles, TestedKind } from './restore-messages';

/** What is known of a test. */
export interface TestParts {
  readonly kind: TestedKind;
  readonly source?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly expect: Expectations;
  readonly hook?: RestoreHook;
  readonly secret?: secretsmanager.ISecret;
  readonly parameterGroupName?: string;
  readonly instanceType?: ec2.InstanceType;
  readonly instanceRole?: iam.IRole;
}

/** The user that looks into databases, unless another is named. */
const USER = 'restore_validator';

/** What is expected of a database, and how it is restored. */
export function databaseParts(options: DatabaseRestoreTestOptions, group?: string): Omit<TestParts, 'kind' | 'source'> {
  const { databaseName, user = USER, secret, tables = [], assertions = [], hook, instanceType } = options;
  const looks = Object.entries({ tables: options.tables, assertions: options.assertions, secret, user: options.user });
  const [needing] = looks.find(([, value]) => value !== undefined) ?? [];
  if (databaseName === undefined && needing !== undefined)
    throw new Error(`'databaseName' must be set with '${needing}', got none: say which database to look into`);
  inRange('number of tables', tables.length, 0, 50);
  inRange('number of assertions', assertions.length, 0, 50);
  const statementSeconds = (options.statementTimeout ?? Duration.minutes(1)).toSeconds();
  inRange('statementTimeout', statementSeconds, 1, 300, ' seconds');
  return {
    hook,
    secret,
    instanceType,
    parameterGroupName: options.parameterGroupName ?? group,
    expect: {
      ...(instanceType && { instanceClass: `db.${instanceType.toString()}` }),
      ...(databaseName !== undefined && {
        data: {
          database: databaseName,
          user,
          ...(secret && { secretArn: secret.secretArn }),
          tables: tables.map(({ name, schema, minimumRows = 1, freshnessColumn, maximumAge }) => {
            inRange(`minimumRows of ${name}`, minimumRows, 0, Number.MAX_SAFE_INTEGER);
            return {
              name,
              minimumRows,
              ...(schema && { schema }),
              ...(freshnessColumn && { freshColumn: freshnessColumn }),
              ...(maximumAge && { maximumAgeSeconds: maximumAge.toSeconds() }),
            };
          }),
          assertions: assertions.map(({ name, sql, expected }) => ({ name, sql, expected })),
          statementSeconds,
        },
      }),
    },
  };
}

/** What is expected of the files of a file system; undefined where they are not read. */
export function filesOf(options: FileSystemRestoreTestOptions): ExpectedFiles | undefined {
  const { readFiles = true, minimumFiles = 1, minimumBytes = 1, sampleSize = 20, paths = [], checksumFile } = options;
  const said = Object.entries({
    minimumFiles: options.minimumFiles,
    sampleSize: options.sampleSize,
    paths: options.paths,
    checksumFile,
  });
  const [needing] = said.find(([, value]) => value !== undefined) ?? [];
  if (!readFiles && needing !== undefined)
    throw new Error(`'readFiles' must be true with '${needing}', got false: leave one of them out`);
  inRange('minimumFiles', minimumFiles, 0, 100_000);
  inRange('minimumBytes', minimumBytes, 0, Number.MAX_SAFE_INTEGER);
  inRange('sampleSize', sampleSize, 0, 100);
  inRange('number of paths', paths.length, 0, 50);
  for (const path of [...paths, ...(checksumFile === undefined ? [] : [checksumFile])]) {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.length === 0 || parts.includes('..'))
      throw new Error(`a path must lead to something in the file system, and not upwards, got '${path}': change it`);
  }
  if (!readFiles) return undefined;
  return { minimumFiles, minimumBytes, sampleSize, paths, ...(checksumFile !== undefined && { checksumFile }) };
}

/** A number must be whole, and in its range. */
export function inRange(name: string, value: number | undefined, least: number, most: number, unit = ''): void {
  if (value === undefined || Token.isUnresolved(value) || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new Error(`'${name}' must be a whole number from ${least} to ${most}${unit}, got ${value}: change it, or leave it out`);
}
