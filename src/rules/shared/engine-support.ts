/** The day on which the standard support of a major version ended; `10` stands for `10.23` as well. */
type Ended = readonly (readonly [version: string, on: string])[];

/**
 * Major versions of the engines of RDS whose standard support has ended, as of November 2026.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
 * @see https://endoflife.date/tags/amazon
 */
const ENDED: readonly (readonly [engine: RegExp, versions: Ended])[] = [
  [
    /^(aurora-postgresql|postgres)$/,
    [
      ['9', '2022-04-26'],
      ['10', '2023-04-17'],
      ['11', '2024-02-29'],
      ['12', '2025-02-28'],
      ['13', '2026-02-28'],
    ],
  ],
  [
    /^mysql$/,
    [
      ['5.5', '2021-05-25'],
      ['5.6', '2022-03-01'],
      ['5.7', '2024-02-29'],
      ['8.0', '2026-07-31'],
    ],
  ],
  [
    /^aurora(-mysql)?$/,
    [
      ['5.6', '2023-02-28'],
      ['5.7', '2024-10-31'],
    ],
  ],
  [
    /^mariadb$/,
    [
      ['10.0', '2021-10-26'],
      ['10.1', '2021-10-26'],
      ['10.2', '2022-10-15'],
      ['10.3', '2023-10-23'],
      ['10.4', '2025-02-28'],
      ['10.5', '2026-02-28'],
      ['10.6', '2026-07-31'],
    ],
  ],
  [
    /^sqlserver-/,
    [
      ['11', '2022-07-12'],
      ['12', '2024-07-09'],
      ['13', '2026-07-14'],
    ],
  ],
  [
    /^oracle-/,
    [
      ['11', '2020-12-31'],
      ['12.1', '2022-07-31'],
      ['12.2', '2022-03-31'],
      ['18', '2021-06-30'],
    ],
  ],
];

/** When the standard support of a version ended; undefined when it has not. */
export function endOfSupport(engine: string, version: string): string | undefined {
  const versions = ENDED.find(([pattern]) => pattern.test(engine))?.[1] ?? [];
  return versions.find(([major]) => version === major || version.startsWith(`${major}.`))?.[1];
}

/** Whether the end of support of versions of an engine is known here. */
export function isFollowed(engine: string): boolean {
  return ENDED.some(([pattern]) => pattern.test(engine));
}
