import type { Sql } from 'postgres';

/** Yields undefined once the subscription is active, then the id of every render of the owner as it changes. `owner` is a user's id, or `operator`. Reconnects automatically. */
export async function* listenRenders(stream: Sql, owner: string, signal: AbortSignal): AsyncGenerator<string | undefined> {
  const waiting = new Set<string>();
  let wake: (() => void) | undefined;
  const onAbort = () => wake?.();
  signal.addEventListener('abort', onAbort);
  const listener = await stream.listen('segue_renders', (notice) => {
    const [whose, id] = notice.split(' ');
    if (whose !== owner || id === undefined) return;
    // A render may change several times before it is read; one notification is enough.
    waiting.add(id);
    wake?.();
  });
  try {
    yield undefined;
    while (!signal.aborted) {
      const [next] = waiting;
      if (next === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else {
        waiting.delete(next);
        yield next;
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await listener.unlisten();
  }
}
