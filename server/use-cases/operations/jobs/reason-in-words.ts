import type { QueuedJob } from '#server/repos/job-queue.ts';

const REASON_MAX = 240;

/**
 * Why a job was given up: what its newest run says, else the first line of what was thrown. A person needs no stack, and a job that died with its
 * worker left nothing.
 */
export function reasonInWords({ told, lastError }: Pick<QueuedJob, 'told' | 'lastError'>): string {
  return told ?? firstLine(lastError) ?? 'Its worker died every time it tried.';
}

/** What an error that nobody foresaw says in one line; of a failed query, what the database said and not the query. */
export function causeInWords(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const said = error.cause instanceof Error ? error.cause.message : error.message;
  return firstLine(said);
}

function firstLine(text: string | null): string | undefined {
  const line = text?.split('\n')[0]?.trim();
  if (!line) return undefined;
  return /[.!?…]$/.test(line) ? line.slice(0, REASON_MAX) : `${line.slice(0, REASON_MAX)}.`;
}
