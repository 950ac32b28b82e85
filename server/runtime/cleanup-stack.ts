type Close = () => unknown;

export interface CleanupStack {
  /** Registers the cleanup of a resource that was just opened. */
  defer(close: Close): void;
  /** Runs every cleanup once, last registered first. A failing cleanup does not skip the others; its error is thrown at the end. */
  close(): Promise<void>;
}

/** A stack of cleanups, in place of AsyncDisposableStack, which Node 20 lacks. */
export function createCleanupStack(): CleanupStack {
  const cleanups: Close[] = [];
  return {
    defer: (close) => void cleanups.push(close),
    close: async () => {
      const failures: unknown[] = [];
      for (let close = cleanups.pop(); close; close = cleanups.pop()) {
        try {
          await close();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length === 1) throw failures[0];
      if (failures.length > 1) throw new AggregateError(failures, 'Several resources could not be closed.');
    },
  };
}
