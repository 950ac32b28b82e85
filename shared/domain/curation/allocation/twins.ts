import type { Contest } from './allocation.ts';
import type { OpenList } from './list.ts';

/** Knows lists that want exactly the same and hold nothing: what one of them cannot find, the others need not look for. */
export class Twins {
  readonly #contests = new Map<Contest, number>();

  /** Equal for twins; undefined for a list that holds something or has a mix, which is like no other. */
  of(list: OpenList): string | undefined {
    const { contest, arenas, caps, slots, precedence, held, blocks } = list.demand;
    if (held.length > 0 || blocks.length > 0 || arenas.length === 0) return undefined;
    const number = this.#contests.get(contest) ?? this.#contests.size;
    this.#contests.set(contest, number);
    return [number, arenas.join(','), caps.perArtist, caps.perAlbum, slots, precedence].join(' ');
  }
}
