import type { SourceFailure, SourceStatus } from '#shared/vocabulary.ts';

export interface ImportLineView {
  readonly id: number | null;
  readonly lineNumber: number;
  readonly given: string;
  readonly albumId: string | null;
  readonly status: SourceStatus;
  readonly failure: SourceFailure | null;
  /** What is wrong and what to do, as sentences; null when nothing is wrong. */
  readonly problem: string | null;
  readonly remedy: string | null;
  /** The import line of the same album. */
  readonly duplicateOf: { readonly id: number; readonly lineNumber: number; readonly intakeId: string } | null;
  readonly albumName: string | null;
  readonly artistNames: readonly string[] | null;
}

export interface ImportReceiptView {
  readonly intakeId: string;
  readonly queued: number;
  readonly duplicates: number;
  readonly failed: number;
  readonly blankLines: number;
  readonly lines: readonly ImportLineView[];
}

export interface ImportSummaryView {
  readonly counts: Readonly<Record<SourceStatus, number>>;
  readonly albums: number;
  readonly tracks: number;
  readonly recordings: number;
  readonly withFeatures: number;
  readonly withGenres: number;
  readonly withIsrc: number;
}
