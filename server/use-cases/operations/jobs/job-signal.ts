/** Facts of the queue about the job that runs the work. */
export interface JobFacts {
  readonly payload: object;
  /** The queue's id of the job. */
  readonly queueJobId: number;
  /** The first attempt is 1. */
  readonly attempt: number;
  /** Stops the work: its signal aborts with this reason. */
  readonly stop: (reason: Error) => void;
  /** When the queue retries after this error; null when it does not. */
  readonly nextTry: (error: unknown) => Date | null;
}

/** Keyed by the signal, so that work passes on one value instead of two; collected with it. */
const factsBySignal = new WeakMap<AbortSignal, JobFacts>();

/** Attaches a job's facts to the signal of its work. */
export function describeSignal(signal: AbortSignal, job: JobFacts): void {
  factsBySignal.set(signal, job);
}

/** The job of a signal; undefined for work outside a job. */
export function jobOf(signal: AbortSignal | undefined): JobFacts | undefined {
  return signal && factsBySignal.get(signal);
}
