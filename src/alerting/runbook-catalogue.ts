import type { Runbook } from './runbook';
import { DATA_RUNBOOKS } from './runbooks-data';
import { HOST_RUNBOOKS } from './runbooks-hosts';
import { IDENTITY_RUNBOOKS } from './runbooks-identity';

/** Every runbook, by title. */
export const RUNBOOKS: readonly Runbook[] = [...IDENTITY_RUNBOOKS, ...HOST_RUNBOOKS, ...DATA_RUNBOOKS].sort((a, b) =>
  a.title < b.title ? -1 : 1,
);
