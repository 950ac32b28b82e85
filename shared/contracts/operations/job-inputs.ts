import { z } from 'zod';
import { jobRunId } from '#shared/ids.ts';
import { nameInput, wholeInput } from '#shared/input-types.ts';
import { JOB_NAMES, JOB_PAYLOADS } from '#shared/contracts/jobs.ts';

/** Tasks that run without input. */
const TASKS_WITHOUT_INPUT = JOB_NAMES.filter((name) => JOB_PAYLOADS[name].safeParse({}).success);

export const listRunsInput = z.strictObject({ limit: wholeInput(1, 200).default(50) });
export const runNowInput = z.strictObject({ task: z.enum(TASKS_WITHOUT_INPUT) });
export const pauseTaskInput = z.strictObject({
  task: z.enum(JOB_NAMES),
  why: nameInput(200, 'Enter a reason for pausing this task.'),
});
export const resumeTaskInput = z.strictObject({ task: z.enum(JOB_NAMES) });
export const jobRunInput = z.strictObject({ runId: jobRunId });
export const failedJobInput = z.strictObject({ jobId: wholeInput(1, Number.MAX_SAFE_INTEGER) });
