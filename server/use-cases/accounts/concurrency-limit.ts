/** A concurrency limiter: runs up to `atOnce` calls at a time; the others wait in order of arrival. */
export function createConcurrencyLimit(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The slot passes directly to the call that has waited longest.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
