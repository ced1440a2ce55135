import { type MetricValue, metricLines } from '../../functions/emit-metrics';
import { COVERAGE_METRICS, COVERAGE_NAMESPACE, PROGRAM_DIMENSION, TYPE_DIMENSION } from '../backup-coverage-settings';
import type { Protection } from './recovery-points';

/** Resources that are named in the log, at most. */
const MOST_NAMES = 50;

const HOUR = 3_600_000;

/** Hours since a backup; one that a clock ahead of ours dates later was made just now. */
function hoursSince(date: Date, now: Date): number {
  return Math.max(0, (now.getTime() - date.getTime()) / HOUR);
}

/** What the function tells: metrics of the program and of each type in it, and in the log which resources are in danger. */
export function linesOf(program: string, protections: readonly Protection[], now: Date, rpoHours: number): string[] {
  const types = [...new Set(protections.map(({ type }) => type))].sort();
  const line = (dimensions: Record<string, string>, some: readonly Protection[]) =>
    metricLines(COVERAGE_NAMESPACE, { [PROGRAM_DIMENSION]: program, ...dimensions }, valuesOf(some, now), now.getTime());
  return [
    ...line({}, protections),
    ...types.flatMap((type) =>
      line(
        { [TYPE_DIMENSION]: type },
        protections.filter((each) => each.type === type),
      ),
    ),
    JSON.stringify(inDanger(protections, now, rpoHours)),
  ];
}

function valuesOf(protections: readonly Protection[], now: Date): MetricValue[] {
  const ages = protections.flatMap(({ latest }) => (latest ? [hoursSince(latest, now)] : []));
  return [
    { name: COVERAGE_METRICS.population, value: protections.length },
    { name: COVERAGE_METRICS.unprotected, value: protections.length - ages.length },
    ...(ages.length > 0
      ? [{ name: COVERAGE_METRICS.age, value: ages.reduce((a, b) => Math.max(a, b)), unit: 'None' as const }]
      : []),
  ];
}

function inDanger(protections: readonly Protection[], now: Date, rpoHours: number): object {
  const without = protections.filter(({ latest }) => latest === undefined).map(({ arn }) => arn);
  const late = protections.filter(({ latest }) => latest && hoursSince(latest, now) > rpoHours).map(({ arn }) => arn);
  return {
    message: 'backups were compared with what is to be protected',
    resources: protections.length,
    withoutBackup: without.length,
    late: late.length,
    examplesWithoutBackup: without.slice(0, MOST_NAMES),
    examplesLate: late.slice(0, MOST_NAMES),
  };
}
