import { f12 } from './f12.ts';
import { f13 } from './f13.ts';
import type { Fault } from './fault.ts';

/** Every fault that can be run by name, in the order of the matrix. */
export const FAULTS: readonly Fault[] = [f12, f13];
