import type { Rejection } from '#shared/contracts/curation/snapshot.ts';
import type { CapLimits } from './caps.ts';
import type { Choice } from './ranking.ts';
import type { Improvement } from './quality/list-goal.ts';

/** Candidates of all lists with the same scores (one policy, one repeat-window scope), best first. Their demands share one object. */
export interface ScoredCandidates {
  readonly rows: Int32Array;
  readonly scores: Float64Array;
}

/** What one list still needs on a day. Lists that have a conflict scope in common share no recording. */
export interface Demand {
  readonly candidates: ScoredCandidates;
  /** Conflict scopes by number: the repeat-window scope, and the exclusivity groups that the list belongs or yields to. */
  readonly conflictScopes: readonly number[];
  /** Lists with a lower number choose first and never lose a recording to a higher one. Follows from `yieldsTo`. */
  readonly precedence: number;
  /** Number of recordings to choose. */
  readonly slots: number;
  readonly caps: CapLimits;
  /** Rows that are in the list already (stays and pins). They count toward the caps and are not chosen again. */
  readonly held: readonly number[];
  /** The mix: slots per block, adding up to `slots`; empty without a mix. Several blocks may admit a row; it fills one. */
  readonly blocks: readonly { readonly slots: number; admits(row: number): boolean }[];
}

/** The recordings assigned to a list, best first. When it is incomplete the list could not be filled and claims nothing. */
export interface Allotment {
  readonly chosen: readonly (Choice & {
    readonly block: number | null;
    /** What it improved most in the list, if it was exchanged for another. */
    readonly improvement?: Improvement | undefined;
  })[];
  readonly isComplete: boolean;
  readonly cappedByArtist: number;
  readonly cappedByAlbum: number;
  readonly nearMisses: readonly (Choice & { readonly why: Rejection })[];
}
