import type { Sql } from 'postgres';

/** Yields undefined once the subscription is active, then the id of every job run as it changes. Reconnects automatically. */
export async function* listenJobRuns(stream: Sql, signal: AbortSignal): AsyncGenerator<string | undefined> {
  const waiting: string[] = [];
  let wake: (() => void) | undefined;
  const onAbort = () => wake?.();
  signal.addEventListener('abort', onAbort);
  const listener = await stream.listen('segue_job_runs', (id) => {
    // A run may change several times before it is read; one notification is enough.
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
