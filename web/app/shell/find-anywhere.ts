import type { PlaylistCard } from '#shared/contracts/views.ts';
import { isFoundIn, plain } from '#web/lib/found-in.ts';
import { listed, ordinal } from '#web/lib/words.ts';
import { ROOMS } from './rooms.ts';

type Room = (typeof ROOMS)[number];

export type Finding =
  | { readonly kind: 'playlist'; readonly id: string; readonly name: string; readonly says: string; readonly card: PlaylistCard }
  | { readonly kind: 'room'; readonly id: string; readonly name: string; readonly says: string; readonly to: Room['to'] };

const SHOWN_MAX = 8;

/** Playlists whose name, number or artists hold every word of the query, best first; then rooms. An empty query offers the first few. */
export function findAnywhere(query: string, playlists: readonly PlaylistCard[], isAdmin: boolean): Finding[] {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  const lists = playlists
    .filter((card) => isFoundIn(query, [card.themeTag, ordinal(card.index), ...card.artists]))
    .toSorted((one, other) => rank(one, words) - rank(other, words) || one.index - other.index)
    .map((card): Finding => ({
      kind: 'playlist',
      id: `playlist-${card.index}`,
      name: card.themeTag,
      says: `${ordinal(card.index)} · ${listed(card.artists)}`,
      card,
    }));
  const rooms = ROOMS.filter((room) => (isAdmin || !room.admin) && words.length > 0 && isFoundIn(query, [room.name])).map((room): Finding => ({
    kind: 'room',
    id: `room-${room.key}`,
    name: room.name,
    says: `Room · g ${room.key}`,
    to: room.to,
  }));
  return [...rooms, ...lists].slice(0, SHOWN_MAX);
}

const rank = (card: PlaylistCard, words: readonly string[]) => (words[0] !== undefined && plain(card.themeTag).startsWith(words[0]) ? 0 : 1);
