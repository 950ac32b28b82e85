type Close = () => unknown;

export interface Closing {
  /** Remembers how to undo what was just opened. */
  defer(close: Close): void;
  /** Undoes everything, last opened first; a failure does not keep the rest open and is thrown at the end. Once. */
  close(): Promise<void>;
}

/** What was opened and must be closed. Node 20 has no AsyncDisposableStack. */
export function createClosing(): Closing {
  const closers: Close[] = [];
  return {
    defer: (close) => void closers.push(close),
    close: async () => {
      const failures: unknown[] = [];
      for (let close = closers.pop(); close; close = closers.pop()) {
        try {
          await close();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length === 1) throw failures[0];
      if (failures.length > 1) throw new AggregateError(failures, 'Several things could not be closed.');
    },
  };
}
