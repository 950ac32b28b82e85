import type { ScoredCandidates } from '../demand.ts';
import type { OpenList } from './list.ts';

/** Finds lists with identical demands that hold nothing, so that the search runs once for all of them. */
export class IdenticalLists {
  readonly #contests = new Map<ScoredCandidates, number>();

  /** A key that identical lists share; undefined for a list that holds something or has a mix, because no other list equals it. */
  keyOf(list: OpenList): string | undefined {
    const { candidates: contest, conflictScopes: arenas, caps, slots, precedence, held, blocks } = list.demand;
    if (held.length > 0 || blocks.length > 0 || arenas.length === 0) return undefined;
    const number = this.#contests.get(contest) ?? this.#contests.size;
    this.#contests.set(contest, number);
    return [number, arenas.join(','), caps.perArtist, caps.perAlbum, slots, precedence].join(' ');
  }
}
