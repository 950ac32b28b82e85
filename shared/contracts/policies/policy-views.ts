import type { PolicyV1 } from './policy.ts';
import type { EntryReasons } from '#shared/contracts/curation/snapshot.ts';
import type { SimulationStatus } from '#shared/vocabulary.ts';

/** What is wrong with a policy document: where (dotted path), what, and what to do. */
export interface PolicyProblemView {
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

/** Tags that a rule can be offered, most frequent first, with how many recordings carry each. */
export interface KnownTagsView {
  readonly genre: readonly { readonly name: string; readonly recordings: number }[];
  readonly mood: readonly { readonly name: string; readonly recordings: number }[];
}

/** How many recordings one rule admits when it stands alone; paths as in the document: `pool.all.0`, `mix.1.rule`. */
export interface RuleCountView {
  readonly path: string;
  readonly admits: number;
  readonly unknown: number;
}

/** A hard rule that takes part in a conflict: its path, in words, and what loosening it would mean. */
export interface ConflictMember {
  readonly path: string;
  readonly rule: string;
  readonly remedy: string;
}

/**
 * The verdict before saving. `feasible`: every day of `days` can be filled, and how that is known. `infeasible`: the smallest set of rules that
 * cannot hold together (without any one of them it could), and the first day that fails, counted from 1. `unproved`: too much to be played while
 * somebody waits, and counting decides nothing.
 */
export type FeasibilityView =
  | {
      readonly kind: 'feasible';
      readonly days: number;
      readonly forEver: boolean;
      readonly because: readonly string[];
      readonly pool: number;
      readonly needed: number;
    }
  | {
      readonly kind: 'infeasible';
      readonly dryDay: number;
      readonly dryOn: string;
      /** Whether the day is counted: the lists may fail before it. */
      readonly isLatest: boolean;
      readonly conflict: readonly ConflictMember[];
      /** Conflicts that are still there when the first is solved; each has to be solved by itself. */
      readonly further: readonly (readonly ConflictMember[])[];
      readonly says: string;
      readonly pool: number;
      readonly needed: number;
    }
  | { readonly kind: 'unproved'; readonly because: readonly string[]; readonly pool: number; readonly needed: number };

export interface PolicyCheckView {
  readonly problems: readonly PolicyProblemView[];
  /** In plain words, the way the playlist page tells them; empty while there are problems. */
  readonly rules: readonly string[];
  readonly counts: readonly RuleCountView[];
  readonly pool: number | null;
  readonly catalogue: number | null;
  readonly feasibility: FeasibilityView | null;
}

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

/** A snapshot as it would be; nothing is stored. */
export interface PolicyPreviewView {
  readonly day: string;
  readonly entries: readonly PreviewEntryView[];
  readonly shortfall: readonly string[];
  readonly pool: number;
  readonly candidates: number;
  readonly resting: number;
}

export interface PolicyVersionView {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly playlists: number;
  readonly body: PolicyV1;
}

export interface PolicyFamilyView {
  readonly familyId: string;
  readonly name: string;
  /** Newest first. */
  readonly versions: readonly PolicyVersionView[];
}

/** One difference between two versions: where, in words, before and after (null: not there). */
export interface PolicyDifference {
  readonly path: string;
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface PolicyDiffView {
  readonly from: { readonly id: string; readonly version: number };
  readonly to: { readonly id: string; readonly version: number };
  readonly differences: readonly PolicyDifference[];
  readonly pool: { readonly before: number; readonly after: number; readonly entering: number; readonly leaving: number };
}

export interface SimulatedDay {
  readonly day: string;
  readonly published: number;
  readonly unfilled: number;
  /** Share of wanted places that were filled, 0–1. */
  readonly fillRate: number;
  /** Share of entries that were not in the list the day before, 0–1. */
  readonly fresh: number;
  /** Distinct artists over entries, 0–1. */
  readonly artistSpread: number;
  /** Candidates left for the policy after the day. */
  readonly candidates: number;
}

/** What N days forward look like; the same seeds replayed for real give the same figures. */
export interface SimulationResult {
  readonly from: string;
  readonly days: readonly SimulatedDay[];
  /** First day that a list could not be filled; null when all were. */
  readonly dryDay: string | null;
  readonly entries: number;
  readonly distinctRecordings: number;
  readonly distinctArtists: number;
  /** How many days lay between two uses of a recording: count by days; index is the distance. */
  readonly reuseDistances: readonly { readonly days: number; readonly count: number }[];
  /** SHA-256 over all lists: a real replay has the same. */
  readonly digest: string;
}

/** One variant played forward: the whole network, and the lists of the policies in question by themselves where there are others beside them. */
export interface SimulatedVariant {
  readonly name: string;
  readonly result: SimulationResult;
  readonly own?: SimulationResult;
}

/** A draft that was played forward before it was saved, so that it can be saved, or written on, from there. */
export interface PlayedDraft {
  /** The policy that it would be the next version of; null for a new one. */
  readonly familyId: string | null;
  readonly name: string;
  readonly policy: PolicyV1;
}

export interface SimulationView {
  readonly id: string;
  readonly status: SimulationStatus;
  readonly title: string;
  readonly done: number;
  readonly total: number;
  readonly problem: string | null;
  readonly createdAt: string;
  /** One result, or two when two versions are compared. */
  readonly results: readonly SimulatedVariant[];
}

export interface SimulationDetailView extends SimulationView {
  readonly draft: PlayedDraft | null;
}
