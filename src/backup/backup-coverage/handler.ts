import { BackupClient } from '@aws-sdk/client-backup';
import { RDSClient } from '@aws-sdk/client-rds';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { writeLine } from '../../functions/emit-metrics';
import { COVERAGE } from '../backup-coverage-settings';
import { linesOf } from './metrics';
import { type PopulationClients, populationOf } from './population';
import { protectionOf } from './recovery-points';

/** What the function works with. */
export interface CoverageInput {
  readonly clients: PopulationClients;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** Compare what is to be protected with the backups that there are, and tell how old they are and what has none. */
export function makeHandler({ clients, environment, now: clock, write }: CoverageInput) {
  return async (): Promise<void> => {
    const now = clock();
    const [plan, selection, vault, program] = [COVERAGE.plan, COVERAGE.selection, COVERAGE.vault, COVERAGE.program].map((name) =>
      setting(environment, name),
    );
    const rpoHours = Number(setting(environment, COVERAGE.rpo));
    if (!(rpoHours > 0)) throw new Error(`${COVERAGE.rpo} must be a number of hours above 0, got '${environment[COVERAGE.rpo]}'`);
    const arns = await populationOf(clients, plan, selection);
    const protections = await protectionOf(clients.backup, vault, arns, { now, rpoHours });
    for (const line of linesOf(program, protections, now, rpoHours)) write(line);
  };
}

function setting(environment: CoverageInput['environment'], name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`the environment variable ${name} must be set, got none`);
  return value;
}

export const handler = makeHandler({
  clients: {
    backup: new BackupClient(CLIENT_OPTIONS),
    rds: new RDSClient(CLIENT_OPTIONS),
    tagging: new ResourceGroupsTaggingAPIClient(CLIENT_OPTIONS),
  },
  environment: process.env,
  now: () => new Date(),
  write: writeLine,
});
