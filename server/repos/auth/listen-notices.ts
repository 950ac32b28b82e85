import type { Sql } from 'postgres';

/**
 * Yields undefined once the subscription is active, then the id of every row of an owner as it changes. Notices are "owner id"; several of one row before it
 * is read are one. Reconnects automatically.
 */
export async function* listenNotices(
  stream: Sql,
  { channel, owner }: { readonly channel: string; readonly owner: string },
  signal: AbortSignal,
): AsyncGenerator<string | undefined> {
  const waiting = new Set<string>();
  let wake: (() => void) | undefined;
  const onAbort = () => wake?.();
  signal.addEventListener('abort', onAbort);
  const listener = await stream.listen(channel, (notice) => {
    const [whose, id] = notice.split(' ');
    if (whose !== owner || id === undefined) return;
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
