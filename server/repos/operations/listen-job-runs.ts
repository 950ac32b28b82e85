import type { Sql } from 'postgres';

/**
 * Yields undefined once the listener stands, then the id of every job run as it changes. The connection mends itself.
 */
export async function* listenJobRuns(stream: Sql, signal: AbortSignal): AsyncGenerator<string | undefined> {
  const waiting: string[] = [];
  let wake: (() => void) | undefined;
  const onAbort = () => wake?.();
  signal.addEventListener('abort', onAbort);
  const listener = await stream.listen('segue_job_runs', (id) => {
    // One run may change many times before it is looked at; once is enough.
    if (waiting.at(-1) !== id) waiting.push(id);
    wake?.();
  });
  try {
    yield undefined;
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await listener.unlisten();
  }
}
