/** What the function that looks for missing backups is told, by the names of its environment variables. */
export const COVERAGE = {
  plan: 'PLAN_ID',
  selection: 'SELECTION_ID',
  vault: 'VAULT_NAME',
  program: 'PROGRAM',
  /** The recovery point objective, in hours. */
  rpo: 'RPO_HOURS',
} as const;

/** Where its metrics are. */
export const COVERAGE_NAMESPACE = 'Soc2/Backup';

/** The dimension that all of them have: the path of the program. */
export const PROGRAM_DIMENSION = 'Program';

/** The further dimension of those by type. */
export const TYPE_DIMENSION = 'ResourceType';

/** Its metrics. */
export const COVERAGE_METRICS = {
  /** Age of the newest backup of the resource that has waited longest, in hours. */
  age: 'HoursSinceLastRecoveryPoint',
  /** Resources that are to be protected and have no backup at all. */
  unprotected: 'UnprotectedResources',
  /** Resources that are to be protected. */
  population: 'ResourcesToProtect',
} as const;
