/** What the daily looks at patches and images publish, and what they are told: known to the constructs and to their functions. */

export const PATCH_NAMESPACE = 'Soc2/Patches';

/** Names of metrics; those of patches by severity have the dimension `Severity`. */
export const PATCH_METRICS = {
  missing: 'MissingPatches',
  overdue: 'OverduePatches',
  oldest: 'OldestMissingPatchDays',
  servers: 'Servers',
  unscanned: 'UnscannedServers',
} as const;

export const IMAGE_METRICS = { repositories: 'Repositories', stale: 'StaleRepositories', oldest: 'OldestImageDays' } as const;

/** Variables of the environment of the functions. */
export const PATCH_VARIABLES = {
  /** Days by severity, as JSON. */
  deadlines: 'DEADLINES',
  bucket: 'EVIDENCE_BUCKET',
  prefix: 'EVIDENCE_PREFIX',
  /** Days after which an image is stale. */
  imageDays: 'IMAGE_DAYS',
} as const;

/** Key of the tag that says which baseline a server is held against; Systems Manager fixes it. */
export const PATCH_GROUP_TAG = 'PatchGroup';

/** The tag of servers on which patches are installed; its value is the patch group. */
export const INSTALL_TAG = 'Soc2InstallPatches';
