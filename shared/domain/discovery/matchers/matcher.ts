import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { Example } from '#shared/domain/catalog/neighbors/examples.ts';
import type { MatchReason } from './reasons.ts';
import type { SoundSpace } from './sound-space.ts';

/** What matchers know. */
export interface MatchContext {
  readonly catalog: Catalog;
  /** The known lists that hold a seed or a recording by an artist of a seed, as rows; below 0 for what the catalog does not have. */
  readonly lists: readonly (readonly number[])[];
  /** In how many known lists each row is. */
  readonly listed: Uint32Array;
  /** The catalog by sound; built once for a catalog. */
  readonly sound: SoundSpace;
}

/** What is asked of a matcher. */
export interface MatchQuestion {
  readonly seeds: readonly Example[];
  /** False for what must not be offered: excluded, disliked, or heard when only new music is wanted. Seeds themselves are never offered. */
  readonly admits: (row: number) => boolean;
  /** Candidates at most. */
  readonly limit: number;
}

/** Candidates of one matcher, best first. */
export interface MatchRanking {
  readonly rows: Int32Array;
  readonly scores: Float32Array;
  /** The fact that put the candidate at this place where it is. */
  reasonOf(place: number): MatchReason | undefined;
}

/** One way to find recordings that go with others. A new one is a file with such an object and a line in registry.ts. */
export interface Matcher {
  readonly id: string;
  readonly name: string;
  /** One sentence: what it goes by. */
  readonly goesBy: string;
  /** Deterministic; does not depend on the order of seeds or lists. */
  match(context: MatchContext, question: MatchQuestion): MatchRanking;
}

/** A ranking without candidates. */
export const NO_CANDIDATES: MatchRanking = { rows: new Int32Array(0), scores: new Float32Array(0), reasonOf: () => undefined };
