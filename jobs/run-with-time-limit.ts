import { WorkStopped } from '#server/use-cases/work-stopped.ts';

interface Limits {
  /** Aborted with the reason when the work has to end; the work receives its signal. */
  readonly ending: AbortController;
  readonly timeoutMs: number;
  /** Aborted when the whole worker stops. */
  readonly workerEnds: AbortSignal | undefined;
}

/** How long aborted work may clean up; after that its job fails without waiting for it. */
export const CLEANUP_MS = 30_000;

/**
 * Runs work with a time limit. The work's signal aborts at the limit and when the worker stops. Work that ignores the signal is abandoned and its job
 * fails, so that a stuck task never occupies a worker slot forever. Throws `WorkStopped` when stopped, else what the work throws.
 */
export async function runWithTimeLimit(work: (signal: AbortSignal) => Promise<void>, { ending, timeoutMs, workerEnds }: Limits): Promise<void> {
  const stopForWorker = () => ending.abort(new WorkStopped('worker_ends'));
  const timeLimit = setTimeout(() => ending.abort(new WorkStopped('timed_out', `The time limit is ${inMinutes(timeoutMs)}.`)), timeoutMs);
  let cleanupTimer: NodeJS.Timeout | undefined;
  const abandoned = new Promise<never>((_resolve, reject) => {
    const abandon = () => reject(ending.signal.reason instanceof Error ? ending.signal.reason : new WorkStopped('timed_out'));
    ending.signal.addEventListener('abort', () => void (cleanupTimer = setTimeout(abandon, CLEANUP_MS)), { once: true });
  });
  if (workerEnds?.aborted) stopForWorker();
  workerEnds?.addEventListener('abort', stopForWorker, { once: true });
  try {
    await Promise.race([work(ending.signal), abandoned]);
  } catch (error) {
    // An error after the abort is a consequence of the abort, so the reason of the abort is reported.
    throw ending.signal.reason instanceof WorkStopped ? ending.signal.reason : error;
  } finally {
    clearTimeout(timeLimit);
    clearTimeout(cleanupTimer);
    workerEnds?.removeEventListener('abort', stopForWorker);
  }
}

function inMinutes(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
