import { WorkStopped } from '#server/use-cases/operations/jobs/work-stopped.ts';

interface Limits {
  /** Aborted when the work has to end, with why; the work gets its signal. */
  readonly ending: AbortController;
  readonly timeoutMs: number;
  /** Fires when the worker as a whole has to end. */
  readonly workerEnds: AbortSignal | undefined;
}

/** Work that was told to stop may tidy up this long; after that its job is failed without it. */
export const TIDY_UP_MS = 30_000;

/**
 * Runs work within its time. After it, and when the worker ends, the work's signal aborts; work that does not listen is left behind and its job
 * fails, so that one stuck task never holds a place for good.
 */
export async function runLimited(work: (signal: AbortSignal) => Promise<void>, { ending, timeoutMs, workerEnds }: Limits): Promise<void> {
  const stopForWorker = () => ending.abort(new WorkStopped('worker_ends'));
  const overtime = setTimeout(() => ending.abort(new WorkStopped('timed_out', `It may take ${inMinutes(timeoutMs)}.`)), timeoutMs);
  let tidying: NodeJS.Timeout | undefined;
  const leftBehind = new Promise<never>((_resolve, reject) => {
    const leave = () => reject(ending.signal.reason instanceof Error ? ending.signal.reason : new WorkStopped('timed_out'));
    ending.signal.addEventListener('abort', () => void (tidying = setTimeout(leave, TIDY_UP_MS)), { once: true });
  });
  if (workerEnds?.aborted) stopForWorker();
  workerEnds?.addEventListener('abort', stopForWorker, { once: true });
  try {
    await Promise.race([work(ending.signal), leftBehind]);
  } catch (error) {
    // What breaks because the work was told to stop is told as that.
    throw ending.signal.reason instanceof WorkStopped ? ending.signal.reason : error;
  } finally {
    clearTimeout(overtime);
    clearTimeout(tidying);
    workerEnds?.removeEventListener('abort', stopForWorker);
  }
}

function inMinutes(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
