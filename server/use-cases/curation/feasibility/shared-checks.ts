import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import { LRUCache } from 'lru-cache';

/** Runs a check: reports its states and returns the last. Stops when `signal` aborts. */
export type StartCheck = (run: {
  readonly report: (state: FeasibilityCheckView) => void;
  readonly signal: AbortSignal;
}) => Promise<FeasibilityCheckView>;

interface Following {
  readonly start: StartCheck;
  /** The caller's own: it ends its waiting, not the check. */
  readonly signal?: AbortSignal | undefined;
}

/** Enough for the drafts of one editing session, and for other users. */
const FINISHED_MAX = 100;

/**
 * Checks that run once for all callers with the same question.
 *
 * States of a check: running while somebody waits for it → finished, and kept until others need the room; or failed, which every waiting caller is told;
 * or ended, because the last caller left. After a failure or an end the next caller starts it again.
 */
export class SharedChecks {
  readonly #finished = new LRUCache<string, FeasibilityCheckView>({ max: FINISHED_MAX });
  readonly #running = new Map<string, RunningCheck>();

  /** Yields the state of the check whenever it changed, at last the final one. Throws what the check throws, or the reason of the caller's signal. */
  async *follow(key: string, { start, signal }: Following): AsyncGenerator<FeasibilityCheckView, void> {
    const finished = this.#finished.get(key);
    if (finished) {
      yield finished;
      return;
    }
    const check = this.#running.get(key) ?? this.#begin(key, start);
    yield* check.watch(signal);
  }

  /** Ends every check. */
  close(): void {
    for (const check of this.#running.values()) check.end();
  }

  #begin(key: string, start: StartCheck): RunningCheck {
    const check = new RunningCheck(start, (last) => {
      if (this.#running.get(key) === check) this.#running.delete(key);
      if (last) this.#finished.set(key, last);
    });
    this.#running.set(key, check);
    return check;
  }
}

class RunningCheck {
  readonly #stop = new AbortController();
  readonly #onOver: (last?: FeasibilityCheckView) => void;
  #watchers = 0;
  #state: FeasibilityCheckView | undefined;
  #failure: { readonly error: unknown } | undefined;
  #isOver = false;
  #wakeAll: () => void = () => {};
  #change: Promise<void> = Promise.resolve();

  constructor(start: StartCheck, onOver: (last?: FeasibilityCheckView) => void) {
    this.#onOver = onOver;
    this.#awaitChange();
    void this.#run(start);
  }

  async *watch(signal: AbortSignal | undefined): AsyncGenerator<FeasibilityCheckView, void> {
    const wake = () => this.#wakeAll();
    this.#watchers += 1;
    signal?.addEventListener('abort', wake, { once: true });
    try {
      for (let seen: FeasibilityCheckView | undefined; ;) {
        signal?.throwIfAborted();
        const change = this.#change;
        if (this.#state && this.#state !== seen) {
          seen = this.#state;
          yield seen;
        } else if (this.#failure) throw this.#failure.error;
        else if (this.#isOver) return;
        else await change;
      }
    } finally {
      signal?.removeEventListener('abort', wake);
      this.#watchers -= 1;
      if (this.#watchers === 0) this.end();
    }
  }

  end(): void {
    if (this.#isOver) return;
    this.#stop.abort();
    this.#finish();
  }

  async #run(start: StartCheck): Promise<void> {
    try {
      const last = await start({ report: (state) => this.#report(state), signal: this.#stop.signal });
      if (this.#isOver) return;
      this.#state = last;
      this.#finish(last);
    } catch (error) {
      if (this.#isOver) return;
      this.#failure = { error };
      this.#finish();
    }
  }

  #report(state: FeasibilityCheckView): void {
    if (this.#isOver) return;
    this.#state = state;
    this.#wakeAll();
  }

  #finish(last?: FeasibilityCheckView): void {
    this.#isOver = true;
    this.#onOver(last);
    this.#wakeAll();
  }

  #awaitChange(): void {
    this.#change = new Promise((resolve) => {
      this.#wakeAll = () => {
        this.#awaitChange();
        resolve();
      };
    });
  }
}
