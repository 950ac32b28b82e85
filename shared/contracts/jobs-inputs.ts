import { z } from 'zod';
import { JOB_NAMES } from './jobs.ts';

export const listRunsInput = z.strictObject({ limit: z.int().min(1).max(200).default(50) });
export const runNowInput = z.strictObject({ task: z.enum(JOB_NAMES) });
