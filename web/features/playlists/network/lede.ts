import type { Freshness, NetworkView, PlaylistCard } from '#shared/contracts/views.ts';
import { count, inWords, opening, plural } from '#web/lib/words.ts';

/** The page's answer in two sentences: is today's music up, and did anything come back too soon. */
export function answerOf(view: NetworkView): readonly [string, string] {
  return [freshness(view.playlists), repeats(view)];
}

/** What the network is, in a sentence for somebody who has never seen it. */
export function introduction(view: NetworkView): string {
  const lists = opening(`${inWords(view.playlists.length)} ${view.playlists.length === 1 ? 'playlist' : 'playlists'}`);
  return `${lists}, chosen again every night from ${count(view.recordings)} recordings. Open one and every track tells you in a line why it is there.`;
}

/** The line under a sleeve. `proof` is the part that is proved, set in green. */
export function freshnessLine(card: PlaylistCard): { readonly says: string; readonly proof: string | null } {
  const proof = card.repeats === 0 ? `0 repeats in ${plural(card.restDays, 'day')}` : null;
  const lines: Readonly<Record<Freshness, string>> = {
    today: plural(card.size, 'track'),
    earlier: `an earlier list, still ${proof ?? `with ${plural(card.repeats, 'repeat')}`}`,
    unfilled: 'could not be filled today, and says why',
    waiting: 'waits for its first night',
  };
  return { says: lines[card.freshness], proof: card.freshness === 'today' ? (proof ?? `${plural(card.repeats, 'repeat')} found`) : null };
}

function freshness(cards: readonly PlaylistCard[]): string {
  const fresh = cards.filter((card) => card.freshness === 'today').length;
  if (fresh === cards.length) return 'Fresh this morning.';
  if (fresh === 0) return cards.some((card) => card.freshness === 'earlier') ? 'Yesterday’s music, still good.' : 'The first night is coming.';
  return `${count(fresh)} of ${count(cards.length)} fresh this morning.`;
}

function repeats(view: NetworkView): string {
  if (view.repeats > 0) return `${opening(inWords(view.repeats))} ${view.repeats === 1 ? 'repeat' : 'repeats'} found, and we say so.`;
  if (view.placementsChecked === 0) return 'Nothing played yet, nothing repeated.';
  return `Nothing repeated in ${inWords(view.longestRestDays)} ${view.longestRestDays === 1 ? 'day' : 'days'}.`;
}
