import { z } from 'zod';
import { cleanedInput, idInput, wholeInput } from '#shared/input-types.ts';
import { SOURCE_STATUSES } from '#shared/vocabulary.ts';

/** Above the 5 MB limit, so that the use-case can refuse a paste that is too large with its own message. */
const TEXT_MAX = 6_000_000;

export const submitImportInput = z.strictObject({ text: cleanedInput(TEXT_MAX), fileName: cleanedInput(255).optional() });
export type SubmitImportInput = z.infer<typeof submitImportInput>;

export const listImportLinesInput = z.strictObject({
  intakeId: z.uuid().optional(),
  status: z.enum(SOURCE_STATUSES).optional(),
  /** Only failed lines that can be read again. */
  retryable: z.boolean().default(false),
  cursor: wholeInput(0, 100_000_000).default(0),
  limit: wholeInput(1, 500).default(100),
});
export type ListImportLinesInput = z.infer<typeof listImportLinesInput>;

/** The failed lines to read again: those named, all of one import, or all. */
export const retryImportInput = z.strictObject({ ids: z.array(idInput).min(1).max(10_000).optional(), intakeId: z.uuid().optional() });
export type RetryImportInput = z.infer<typeof retryImportInput>;
