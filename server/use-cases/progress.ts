/** How far work has come; what is left out stays as it was. */
export interface Progress {
  readonly doing?: string;
  readonly done?: number;
  readonly total?: number;
  readonly failures?: number;
}

/** Receives the progress of work. Work that nobody follows is given none. */
export type Report = (progress: Progress) => Promise<void>;

/** The result of finished work. */
export interface Outcome {
  /** One sentence for the operator: what was done. */
  readonly outcome: string;
}
