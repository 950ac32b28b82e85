import type { FailedJob } from '#server/repos/job-queue.ts';
import { cutText, storableText } from '#shared/domain/text.ts';

const REASON_MAX = 240;

/**
 * Why a job failed: the outcome of its newest run, else the first line of the error. A person needs no stack; a job that died with its worker left no
 * error.
 */
export function failureReason({ outcome, lastError }: Pick<FailedJob, 'outcome' | 'lastError'>): string {
  return outcome ?? firstLine(lastError) ?? 'Its worker crashed on every attempt.';
}

/** An unexpected error in one line; for a failed query the database's message, not the query. */
export function errorLine(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const message = error.cause instanceof Error ? error.cause.message : error.message;
  return firstLine(message);
}

function firstLine(text: string | null): string | undefined {
  const line = text?.split('\n')[0]?.trim();
  if (!line) return undefined;
  const reason = cutText(storableText(line), REASON_MAX);
  return /[.!?…]$/.test(line) ? reason : `${reason}.`;
}
