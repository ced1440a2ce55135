import type { Control } from './control';

/** The control catalogue. */
export const CONTROLS: Readonly<Record<string, Control>> = {};

export type ControlId = string;
