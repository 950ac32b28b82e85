import { setTimeout as wait } from 'node:timers/promises';

/** Clicks are stored together at most this often, so that a popular link costs no write for each. */
const STORE_EVERY_MS = 1_000;

interface ClickCounts {
  count(code: string): void;
  /** Stores what is not stored yet. */
  close(): Promise<void>;
}

/**
 * Counts clicks and stores them with `store`. States of a click: counted → being stored → stored; a failed attempt counts it again. The first is stored at
 * once, the following ones together after a second. What a crashed process had not stored is lost: a count is not worth a write for each click.
 */
export function createClickCounts(store: (clicks: ReadonlyMap<string, number>) => Promise<void>): ClickCounts {
  const closing = new AbortController();
  let counted = new Map<string, number>();
  let storing: Promise<void> | undefined;
  const storeAll = async (): Promise<void> => {
    while (counted.size > 0) {
      const batch = counted;
      counted = new Map();
      const isStored = await store(batch).then(
        () => true,
        () => false,
      );
      if (!isStored) for (const [code, clicks] of batch) counted.set(code, (counted.get(code) ?? 0) + clicks);
      if (closing.signal.aborted) break;
      await wait(STORE_EVERY_MS, undefined, { ref: false, signal: closing.signal }).catch(() => {});
    }
    storing = undefined;
  };
  return {
    count: (code) => {
      counted.set(code, (counted.get(code) ?? 0) + 1);
      storing ??= storeAll();
    },
    close: async () => {
      closing.abort();
      await storing;
    },
  };
}
