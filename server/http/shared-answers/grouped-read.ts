import { setImmediate as turnEnd } from 'node:timers/promises';

/**
 * Shares one read between callers. Each gets a value whose read began after the call, so it shows every write that was finished by then. At most one
 * read is in progress. A failed read rejects for those who waited for it; the next call reads again.
 *
 * States: idle → collecting callers (until the turn of the event loop ends and the read before has ended) → reading → idle.
 */
export function createGroupedRead<T>(read: () => Promise<T>): () => Promise<T> {
  let collecting: Promise<T> | undefined;
  let readBefore: Promise<unknown> = Promise.resolve();
  const begin = async (): Promise<T> => {
    await readBefore;
    await turnEnd();
    collecting = undefined;
    const reading = read();
    readBefore = reading.catch(() => {});
    return reading;
  };
  return () => (collecting ??= begin());
}
