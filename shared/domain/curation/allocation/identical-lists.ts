import type { ScoredCandidates } from '../demand.ts';
import type { OpenList } from './list.ts';

/** Finds lists with identical demands that hold nothing, so that the search runs once for all of them. */
export class IdenticalLists {
  readonly #numbers = new Map<ScoredCandidates, number>();

  /** A key that identical lists share; undefined for a list that holds something or has a mix, because no other list equals it. */
  keyOf(list: OpenList): string | undefined {
    const { candidates, conflictScopes, caps, slots, precedence, held, blocks } = list.demand;
    if (held.length > 0 || blocks.length > 0 || conflictScopes.length === 0) return undefined;
    const number = this.#numbers.get(candidates) ?? this.#numbers.size;
    this.#numbers.set(candidates, number);
    return [number, conflictScopes.join(','), caps.perArtist, caps.perAlbum, caps.perSong ?? 0, slots, precedence].join(' ');
  }
}
