import type { NetworkView, PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';
import { dayName } from '#web/lib/dates.ts';
import { count, numberInWords, capitalize, joinNames, plural } from '#web/lib/words.ts';
import { windowClaim } from '../window-claim.ts';

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
  const proof = card.repeats === 0 ? windowClaim(card) : `${plural(card.repeats, 'repeat')} found`;
  if (card.day !== null && (card.onSpotify === 'deleted' || card.onSpotify === 'unknown')) {
    const since = card.since === null ? '' : ` since ${dayName(card.since)}`;
    return { text: card.onSpotify === 'deleted' ? `Not on Spotify${since}` : `Not readable${since}`, proof: null };
  }
  return { text: describeList(card), proof: card.freshness === 'today' || card.freshness === 'earlier' ? proof : null };
}

function describeList(card: PlaylistCard): string {
  const { freshness: state, day, listDay } = card;
  if (state === 'unfilled') return 'Could not be filled today';
  if (state === 'waiting' || listDay === null) return 'No list yet';
  if (state === 'earlier') return joinNotes(`List from ${dayName(listDay)}`, ...notes(card));
  return joinNotes(plural(card.size, 'track'), listDay === day ? null : `list from ${dayName(listDay)}`, ...notes(card));
}

function notes({ onSpotify, editedTracks, unconfirmedSince }: PlaylistCard): (string | null)[] {
  return [
    onSpotify === 'nowhere' ? 'not on Spotify yet' : null,
    editedTracks > 0 ? `${count(editedTracks)} edited on Spotify` : null,
    unconfirmedSince === null ? null : 'update not confirmed',
  ];
}

const joinNotes = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(', ');

function freshness(cards: readonly PlaylistCard[]): string {
  const today = cards.filter((card) => card.freshness === 'today');
  // An earlier list that is shown again is today's, but not fresh.
  const fresh = today.filter((card) => card.listDay === card.day).length;
  if (fresh === cards.length) return 'Fresh this morning.';
  if (fresh === 0 && today.length > 0) return 'Earlier lists today.';
  if (fresh === 0) return cards.some((card) => card.freshness === 'earlier') ? 'Not updated yet today.' : 'No lists yet.';
  return `${count(fresh)} of ${count(cards.length)} fresh this morning.`;
}

/** Days named in a sentence; more of them are counted. */
const DAYS_NAMED = 3;

function repeats({ repeats: total, shownAgain, placementsChecked, daysOnRecord }: NetworkView): string {
  const again = shownAgain.reduce((sum, one) => sum + one.repeats, 0);
  if (total > again) return `${plural(total, 'repeat')} found.`;
  if (again > 0) {
    const days = [...new Set(shownAgain.map(({ day }) => dayName(day)))];
    return `${plural(again, 'repeat')}: shown again by the operator on ${days.length > DAYS_NAMED ? plural(days.length, 'day') : joinNames(days)}.`;
  }
  if (placementsChecked === 0) return 'No tracks placed yet.';
  return `No repeats within each playlist’s window; ${plural(daysOnRecord, 'day')} on record.`;
}
