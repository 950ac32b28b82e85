import type { Policy } from './policy.ts';
import type { SimulationStatus } from '#shared/vocabulary.ts';

/** A problem in a policy document: where (dotted path), what, and what to do. */
export interface PolicyProblemView {
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

/** Tags that a rule can use, most frequent first, with how many recordings have each. */
export interface KnownTagsView {
  readonly genre: readonly { readonly name: string; readonly recordings: number }[];
  readonly mood: readonly { readonly name: string; readonly recordings: number }[];
}

/** How many recordings one rule admits on its own; paths as in the document: `pool.all.0`, `mix.1.rule`. */
export interface RuleCountView {
  readonly path: string;
  readonly admits: number;
  readonly unknown: number;
}

/** Conflicts that are reported at once. When this many are found, there may be more. */
export const CONFLICTS_MAX = 4;

/** A hard rule that is part of a conflict: its path, its description, and how to relax it. */
export interface ConflictMember {
  readonly path: string;
  readonly rule: string;
  readonly remedy: string;
}

/**
 * Result of the feasibility check before saving. `feasible`: every one of `days` can be filled, and why. `infeasible`: a smallest set of rules that
 * cannot hold together (dropping any one resolves it), and the first day that fails, counted from 1. `unproved`: too large to simulate while the
 * user waits, and the counting bounds are inconclusive.
 */
export type FeasibilityView =
  | {
      readonly kind: 'feasible';
      readonly days: number;
      readonly isIndefinite: boolean;
      readonly reasons: readonly string[];
      readonly pool: number;
      readonly needed: number;
    }
  | {
      readonly kind: 'infeasible';
      readonly dryDay: number;
      readonly dryOn: string;
      /** True when the day comes from counting: the lists may fail before it. */
      readonly isLatest: boolean;
      readonly conflict: readonly ConflictMember[];
      /** Conflicts that remain after the first is resolved; each has to be resolved separately. */
      readonly furtherConflicts: readonly (readonly ConflictMember[])[];
      readonly summary: string;
      readonly pool: number;
      readonly needed: number;
    }
  | { readonly kind: 'unproved'; readonly reasons: readonly string[]; readonly pool: number; readonly needed: number };

export interface PolicyCheckView {
  readonly problems: readonly PolicyProblemView[];
  /** In words, as on the playlist page; empty while there are problems. */
  readonly rules: readonly string[];
  readonly counts: readonly RuleCountView[];
  readonly pool: number | null;
  readonly catalog: number | null;
  readonly feasibility: FeasibilityView | null;
}

export interface PolicyVersionView {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly playlists: number;
  readonly body: Policy;
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

/** What was saved by converting a policy: its new version, and how many playlists still follow earlier ones. */
export interface ConversionReceipt {
  readonly id: string;
  readonly version: number;
  readonly from: { readonly id: string; readonly version: number };
  readonly playlists: number;
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
  /** Share of wanted tracks that were filled, 0–1. */
  readonly fillRate: number;
  /** Share of entries that were not in the previous day's list, 0–1. */
  readonly fresh: number;
  /** Distinct artists over entries, 0–1. */
  readonly artistSpread: number;
  /** Candidates left for the policy after that day. */
  readonly candidates: number;
}

/** Result of simulating N days. Running the same seeds for real gives the same figures. */
export interface SimulationResult {
  readonly from: string;
  readonly days: readonly SimulatedDay[];
  /** First day that a list could not be filled; null when all were. */
  readonly dryDay: string | null;
  readonly entries: number;
  readonly distinctRecordings: number;
  readonly distinctArtists: number;
  /** Number of repeats by days between two uses of a recording. */
  readonly reuseDistances: readonly { readonly days: number; readonly count: number }[];
  /** SHA-256 over all lists; a real run has the same digest. */
  readonly digest: string;
}

/** One simulated variant: the whole network, and separately the lists of the policies in question if the network has others. */
export interface SimulatedVariant {
  readonly name: string;
  readonly result: SimulationResult;
  readonly own?: SimulationResult;
}

/** A draft that was simulated before it was saved, so that the user can save it or continue editing. */
export interface SimulatedDraft {
  /** The policy that it would be the next version of; null for a new policy. */
  readonly familyId: string | null;
  readonly name: string;
  readonly policy: Policy;
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
  readonly draft: SimulatedDraft | null;
}
