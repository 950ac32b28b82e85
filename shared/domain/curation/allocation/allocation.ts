import type { Rejection } from '#shared/contracts/curation/snapshot.ts';
import type { CapLimits } from '../caps.ts';
import type { Choice } from '../ranking.ts';

/** Candidates of all lists that score alike (one policy, one rest scope), best first; shared by their demands as one object. */
export interface Contest {
  readonly rows: Int32Array;
  readonly scores: Float64Array;
}

/** What one list still needs on a day. Lists that have an arena in common share no recording. */
export interface Demand {
  readonly contest: Contest;
  /** Numbers of the rest scope and of the exclusivity groups that the list belongs or yields to. */
  readonly arenas: readonly number[];
  /** Lists of a lower number choose first and never lose a recording to a higher one (who yields to whom). */
  readonly precedence: number;
  /** How many recordings to choose. */
  readonly slots: number;
  readonly caps: CapLimits;
  /** Rows that are in the list already (stays and pins); they count towards the caps and are not chosen again. */
  readonly held: readonly number[];
  /** The mix: slots by block, adding up to `slots`; empty when there is none. A row may be admitted by several blocks and fills one. */
  readonly blocks: readonly { readonly slots: number; admits(row: number): boolean }[];
}

/** What a list was given, best first. Incomplete when no fair exchange could fill it; then it takes nothing from the others. */
export interface Allotment {
  readonly chosen: readonly (Choice & { readonly block: number | null })[];
  readonly isComplete: boolean;
  readonly cappedByArtist: number;
  readonly cappedByAlbum: number;
  readonly nearMisses: readonly (Choice & { readonly why: Rejection })[];
}
