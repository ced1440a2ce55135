import type { Arrow, Box, Point } from './drawing';

/** Where the small drawing of a box is: at its left, or all of it where the box has no border of its own. */
export function glyphPlace({ x, y, width, height, stroke }: Box): { left: number; top: number; scale: number } {
  const scale = stroke === 'none' ? Math.min(width, height) / 34 : 1;
  const side = 24 * scale;
  return { left: stroke === 'none' ? x + (width - side) / 2 : x + 16, top: y + (height - side) / 2, scale };
}

/** A way along points with round corners. */
export function pathOf(points: Arrow['points']): string {
  const parts = [`M${n(points[0].x)} ${n(points[0].y)}`];
  for (let index = 1; index < points.length - 1; index++) {
    const [before, at, after] = points.slice(index - 1, index + 2);
    const radius = Math.min(7, distance(before, at) / 2, distance(at, after) / 2);
    const [into, out] = [toward(at, before, radius), toward(at, after, radius)];
    parts.push(`L${n(into.x)} ${n(into.y)}Q${n(at.x)} ${n(at.y)} ${n(out.x)} ${n(out.y)}`);
  }
  const end = points[points.length - 1];
  return `${parts.join('')}L${n(end.x)} ${n(end.y)}`;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function toward(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}

/** A number as pictures have it. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
