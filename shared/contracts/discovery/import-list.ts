import { cleanedInput } from '#shared/input-types.ts';
import { z } from 'zod';

/** Above the limit of the list itself, so that a text that is too long is refused with its own message. */
const TEXT_MAX = 6_000_000;

/** A pasted list or a file: lines of artist and title, links, ISRCs, a CSV table or JSPF. Which of them is recognized. */
export const importListInput = z.strictObject({ text: cleanedInput(TEXT_MAX), fileName: cleanedInput(255).optional() });
export type ImportListInput = z.infer<typeof importListInput>;

/** A recording that a line may mean. */
export interface ListCandidate {
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly durationMs: number;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** One line of the list and the recording that it means. */
export interface ImportedLine {
  /** From 1, in the text as given. */
  readonly line: number;
  readonly given: string;
  /** `unsure` lines have a best guess that a person should check; `not_music` are podcasts and other links that are no tracks. */
  readonly status: 'matched' | 'unsure' | 'unmatched' | 'not_music';
  readonly track: ListCandidate | null;
  readonly confidence: number;
  readonly by: 'link' | 'isrc' | 'words' | null;
  /** Other recordings that it may mean, best first. */
  readonly others: readonly ListCandidate[];
  /** The first line with the same recording. */
  readonly duplicateOf: number | null;
  /** What is wrong and what to do, or how the line was read. */
  readonly note: string | null;
}

/** A list as matched; nothing is stored. Every line that is not blank is in it. */
export interface ImportListView {
  readonly format: 'lines' | 'csv' | 'jspf';
  readonly name: string | null;
  readonly lines: readonly ImportedLine[];
  readonly counts: {
    readonly matched: number;
    readonly unsure: number;
    readonly unmatched: number;
    readonly notMusic: number;
    readonly duplicates: number;
    readonly blank: number;
  };
}
