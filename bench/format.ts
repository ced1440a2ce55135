import Table from 'cli-table3';

/** A target, and what was measured. */
export interface Target {
  readonly target: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** A table with a title, numbers to the right. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const result = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
  });
  result.push(...rows.map((row) => [...row]));
  return `${title}\n${result.toString()}\n`;
}

export function targetTable(targets: readonly Target[]): string {
  const result = new Table({ head: ['target', 'measured', ''], style: { head: [], border: [], compact: true } });
  result.push(...targets.map(({ target, measured, holds }) => [target, measured, holds ? 'pass' : 'MISS']));
  return `Targets\n${result.toString()}\n`;
}

export function milliseconds(value: number): string {
  return value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

export function microseconds(value: number): string {
  return `${value.toFixed(value < 1 ? 3 : value < 10 ? 2 : 0)} µs`;
}

export function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

export function megabytes(value: number): string {
  return `${value.toFixed(0)} MB`;
}

export function times(value: number): string {
  return `${value.toFixed(1)} ×`;
}

export function count(value: number): string {
  return value.toLocaleString('en');
}
