type StopKind = 'cancelled' | 'timed_out' | 'worker_ends';

const TOLD: Record<StopKind, { readonly message: string; readonly remedy: string | null }> = {
  cancelled: { message: 'Stopped by an operator; what was done until then stands.', remedy: null },
  timed_out: { message: 'It took longer than it may and was stopped.', remedy: 'It is tried again by itself, and goes on where it stopped.' },
  worker_ends: { message: 'The worker was stopped in the middle of it.', remedy: 'The next worker goes on where it stopped.' },
};

/** Why the signal of a job was aborted. The message and the remedy are fit for people. */
export class WorkStopped extends Error {
  readonly kind: StopKind;
  readonly remedy: string | null;

  constructor(kind: StopKind, detail?: string) {
    super([TOLD[kind].message, detail].filter(Boolean).join(' '));
    this.name = 'WorkStopped';
    this.kind = kind;
    this.remedy = TOLD[kind].remedy;
  }
}
