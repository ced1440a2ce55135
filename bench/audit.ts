import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Built } from './build';
import { median, runNode, runTool } from './child';
import { writeTemplates } from './templates';

/** One way to audit a folder, measured. */
export interface AuditMeasurement {
  readonly input: 'json' | 'yaml';
  readonly format: 'table' | 'json';
  readonly templates: number;
  readonly megabytes: number;
  /** Milliseconds. */
  readonly wall: number;
  readonly peakMemory: number;
}

/** Audit so many templates of 100 resources each, in every pair of formats. */
export function measureAudits(templates: number, rounds: number, built: Built): AuditMeasurement[] {
  const result: AuditMeasurement[] = [];
  for (const input of ['json', 'yaml'] as const) {
    const { folder, megabytes } = writeTemplates(join(built.folder, `templates-${input}`), templates, input);
    for (const format of ['table', 'json'] as const) {
      console.error(`audit of ${templates} templates: ${input}, --format ${format}`);
      const output = join(built.folder, 'audit.out');
      const args = [built.tool, 'audit', folder, '--format', format, '--output', output];
      const runs = Array.from({ length: rounds }, () => {
        const run = runTool(args, built.memoryHook, join(built.folder, 'note'));
        if (run.status !== 0 && run.status !== 1)
          throw new Error(`audit ended with ${run.status}: ${run.stderr.slice(0, 1_000)}`);
        rmSync(output);
        return run;
      });
      const wall = median(runs.map((run) => run.wall));
      const peakMemory = median(runs.map((run) => run.peakMemory));
      result.push({ input, format, templates, megabytes, wall, peakMemory });
    }
    rmSync(folder, { recursive: true });
  }
  return result;
}

/** Milliseconds until `cdk-soc2 --help` is printed. */
export function measureHelp(rounds: number, built: Built): number {
  return median(Array.from({ length: rounds }, () => runNode([built.tool, '--help']).wall));
}
