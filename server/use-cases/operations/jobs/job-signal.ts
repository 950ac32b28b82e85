/** What the queue knows of the job that a piece of work belongs to. */
export interface JobFacts {
  readonly payload: object;
  /** The queue's own number of the job. */
  readonly queueJobId: number;
  /** The first try is 1. */
  readonly attempt: number;
  /** Ends the work: its signal aborts with this reason. */
  readonly stop: (reason: Error) => void;
  /** When the queue tries again by itself after this error; null when it does not. */
  readonly nextTry: (error: unknown) => Date | null;
}

/** Kept beside the signal, so that work hands on one thing and not two; gone with it. */
const known = new WeakMap<AbortSignal, JobFacts>();

/** Makes a job's facts findable by the signal that its work is given. */
export function describeSignal(signal: AbortSignal, job: JobFacts): void {
  known.set(signal, job);
}

/** The job a signal belongs to; undefined for work that no job does. */
export function jobOf(signal: AbortSignal | undefined): JobFacts | undefined {
  return signal && known.get(signal);
}
