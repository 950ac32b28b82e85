import { PROVENANCES } from '#shared/vocabulary.ts';
import type { Provenance } from '#shared/vocabulary.ts';
import type { DateField, FlagField, NumberField, TagField } from './fields.ts';

/** An unknown day in a column of day numbers. */
export const UNKNOWN_DAY = -2_147_483_648;
/** An unknown flag. */
export const UNKNOWN_FLAG = 2;
/** A recording with an explicit and a clean track: a rule finds the one it asks for. */
export const EITHER_FLAG = 3;
/** An unknown source of audio features. */
export const UNKNOWN_SOURCE = 255;

/** One recording as input of the builder, which copies its values. */
export interface CatalogRow {
  readonly recordingId: number;
  readonly title?: string | undefined;
  readonly artistIds: readonly string[];
  /** In the order of `artistIds`. */
  readonly artistNames?: readonly string[] | undefined;
  readonly albumId: string;
  readonly albumName?: string | undefined;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  /** Whether it also has a track of which `explicit` is the opposite; none when omitted. */
  readonly hasTwin?: boolean | undefined;
  readonly popularity: number | null;
  readonly releasedOn: string | null;
  readonly ingestedOn: string;
  readonly hasIsrc: boolean;
  /** In the order of AUDIO_FEATURES. */
  readonly features: readonly (number | null)[];
  readonly featuresSource: Provenance | null;
  readonly genres: readonly string[];
  readonly moods: readonly string[];
}

/** Lists of whole numbers, one per row: row r has `values[offsets[r]]` up to, not including, `values[offsets[r + 1]]`. */
export interface NumberLists {
  readonly offsets: Int32Array;
  readonly values: Int32Array;
}

/** The catalog as columns: everything that a day of curation reads, about 110 bytes per recording. Unknown numbers are NaN. */
export interface Catalog {
  readonly size: number;
  readonly recordingIds: Int32Array;
  readonly numbers: Readonly<Record<NumberField, Float32Array>>;
  readonly days: Readonly<Record<DateField, Int32Array>>;
  readonly flags: Readonly<Record<FlagField, Uint8Array>>;
  /** Index into PROVENANCES. */
  readonly featuresSource: Uint8Array;
  readonly artists: NumberLists;
  readonly albums: Int32Array;
  readonly tags: Readonly<Record<TagField, NumberLists>>;
  /** The number of each tag, by kind of tag. */
  readonly tagNumbers: Readonly<Record<TagField, ReadonlyMap<string, number>>>;
  /** By artist number; empty texts where the builder got no names. */
  readonly artistNames: readonly string[];
  readonly artistIds: readonly string[];
  /** By album number. */
  readonly albumIds: readonly string[];
  /** By row and by album number; undefined unless built with `texts`. */
  readonly titles: readonly string[] | undefined;
  readonly albumNames: readonly string[] | undefined;
}

/** The number of a provenance in the catalog's columns. */
export function sourceNumber(source: Provenance | null): number {
  return source === null ? UNKNOWN_SOURCE : PROVENANCES.indexOf(source);
}

/** The artist numbers of a row. */
export function artistsOf(catalog: Catalog, row: number): Int32Array {
  return catalog.artists.values.subarray(catalog.artists.offsets[row], catalog.artists.offsets[row + 1]);
}
