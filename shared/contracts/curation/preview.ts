import type { NumberField } from '#shared/domain/catalog/fields.ts';
import type { PolicyDifference } from '#shared/contracts/policies/policy-views.ts';
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
  /** The energy that the arc asks for at this position; null without an arc, or where the list has no known energy. */
  readonly wishedEnergy: number | null;
  readonly tempo: number | null;
  readonly camelot: string | null;
  readonly block: string | null;
}

/** How the tracks of a list are distributed over the values of a target, beside the distribution that the target asks for. */
export interface SpreadPicture {
  readonly field: NumberField;
  readonly toward: number;
  readonly spread: number;
  /** Mean and standard deviation of the list; null where no value is known. */
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly known: number;
  readonly unknown: number;
  /** Adjacent ranges of values; the first and the last also count everything beyond. `wished` adds up to the known tracks. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly tracks: number; readonly wished: number }[];
}

/** A preview of a snapshot; nothing is stored. */
export interface PolicyPreviewView {
  readonly day: string;
  readonly entries: readonly PreviewEntryView[];
  /** What a person should know about the list: targets that were not reached or have no effect, names that are not in the catalog. */
  readonly notes: readonly string[];
  readonly spreads: readonly SpreadPicture[];
  readonly shortfall: readonly string[];
  readonly pool: number;
  readonly candidates: number;
  readonly resting: number;
}

/** One day of a window: how near its list comes to the means and spreads of the policy (1 is exactly); null for a list that could not be filled. */
export interface WindowDay {
  readonly day: string;
  readonly level: number | null;
  /** Tracks of it that were in the list of the first day. */
  readonly fromFirst: number;
}

/** The lists of a draft over days to come, without other playlists; nothing is stored. */
export interface PolicyWindowView {
  readonly days: readonly WindowDay[];
}

/** The conversion of a policy to version 2 as it would be saved. Applying it requires `hash`. */
export interface ConversionPlanView {
  readonly familyId: string;
  readonly name: string;
  readonly from: { readonly id: string; readonly version: number };
  readonly hash: string;
  readonly differences: readonly PolicyDifference[];
  /** Playlists that follow the policy in any version. */
  readonly playlists: number;
  /** The next list by each, of the same playlist and day. */
  readonly before: PolicyPreviewView;
  readonly after: PolicyPreviewView;
}
