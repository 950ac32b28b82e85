import { f01 } from './f01.ts';
import { f02 } from './f02.ts';
import { f05 } from './f05.ts';
import { f06 } from './f06.ts';
import { f07 } from './f07.ts';
import { f11 } from './f11.ts';
import { f12 } from './f12.ts';
import { f13 } from './f13.ts';
import { f14 } from './f14.ts';
import { f18 } from './f18.ts';
import { f19 } from './f19.ts';
import { f23 } from './f23.ts';
import { f25 } from './f25.ts';
import { f26 } from './f26.ts';
import type { Fault } from './fault.ts';

/** All faults, in the order of the matrix. */
export const FAULTS: readonly Fault[] = [f01, f02, f05, f06, f07, f11, f12, f13, f14, f18, f19, f23, f25, f26];
