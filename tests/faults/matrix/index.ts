import type { Fault } from './fault.ts';

/** Every fault that can be run by name, in the order of the matrix. */
export const FAULTS: readonly Fault[] = [];
