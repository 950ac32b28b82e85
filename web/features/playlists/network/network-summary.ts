import type { Freshness, NetworkView, PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';
import { count, numberInWords, capitalize, plural } from '#web/lib/words.ts';

/** Summary of the network in two sentences: whether the playlists are up to date, and whether any recording repeated too soon. */
export function summarizeNetwork(view: NetworkView): readonly [string, string] {
  return [freshness(view.playlists), repeats(view)];
}

/** Describes the network to a first-time visitor. */
export function introduction(view: NetworkView): string {
  const playlists = capitalize(`${numberInWords(view.playlists.length)} ${view.playlists.length === 1 ? 'playlist' : 'playlists'}`);
  return `${playlists}, updated every night from a catalog of ${plural(view.recordings, 'recording')}. Open one to see why each track was chosen.`;
}

/** The line under a cover. `proof` is the proven part, shown in green, or in red when there are repeats. */
export function freshnessLine(card: PlaylistCard): { readonly text: string; readonly proof: string | null } {
  const proof = card.repeats === 0 ? `no repeats within ${plural(card.restDays, 'day')}` : null;
  const lines: Readonly<Record<Freshness, string>> = {
    today: plural(card.size, 'track'),
    earlier: `Earlier list · ${proof ?? `${plural(card.repeats, 'repeat')} found`}`,
    unfilled: 'Could not be filled today',
    waiting: 'No list yet',
  };
  return { text: lines[card.freshness], proof: card.freshness === 'today' ? (proof ?? `${plural(card.repeats, 'repeat')} found`) : null };
}

function freshness(cards: readonly PlaylistCard[]): string {
  const fresh = cards.filter((card) => card.freshness === 'today').length;
  if (fresh === cards.length) return 'Fresh this morning.';
  if (fresh === 0) return cards.some((card) => card.freshness === 'earlier') ? 'Not updated yet today.' : 'No lists yet.';
  return `${count(fresh)} of ${count(cards.length)} fresh this morning.`;
}

function repeats(view: NetworkView): string {
  if (view.repeats > 0) return `${plural(view.repeats, 'repeat')} found.`;
  if (view.placementsChecked === 0) return 'No tracks placed yet.';
  return 'No repeats within each playlist’s window.';
}
