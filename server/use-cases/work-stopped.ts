type StopKind = 'cancelled' | 'timed_out' | 'stalled' | 'worker_ends';

const MESSAGES: Record<StopKind, { readonly message: string; readonly remedy: string | null }> = {
  cancelled: { message: 'Canceled by an operator. Completed work is kept.', remedy: null },
  timed_out: { message: 'It exceeded its time limit and was stopped.', remedy: 'Segue tries again automatically and continues where it stopped.' },
  stalled: { message: 'It stopped making progress and was ended.', remedy: 'Segue tries again automatically and continues where it stopped.' },
  worker_ends: { message: 'The worker was stopped during the run.', remedy: 'The next worker continues where it stopped.' },
};

/** Why the signal of a job was aborted. Message and remedy are shown to people. */
export class WorkStopped extends Error {
  readonly kind: StopKind;
  readonly remedy: string | null;

  constructor(kind: StopKind, detail?: string) {
    super([MESSAGES[kind].message, detail].filter(Boolean).join(' '));
    this.name = 'WorkStopped';
    this.kind = kind;
    this.remedy = MESSAGES[kind].remedy;
  }
}
