import type { EntryReasons } from './snapshot.ts';

export interface PreviewEntryView {
  readonly position: number;
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly why: string;
  readonly reasons: EntryReasons;
  readonly energy: number | null;
  readonly tempo: number | null;
  readonly camelot: string | null;
  readonly block: string | null;
}

/** A preview of a snapshot; nothing is stored. */
export interface PolicyPreviewView {
  readonly day: string;
  readonly entries: readonly PreviewEntryView[];
  readonly shortfall: readonly string[];
  readonly pool: number;
  readonly candidates: number;
  readonly resting: number;
}
