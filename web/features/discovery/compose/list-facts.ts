import type { VibeListView } from '#shared/contracts/discovery/generate-vibe.ts';
import type { FromSeedsView } from '#shared/contracts/discovery/seeds.ts';
import { count, joinNames, plural } from '#web/lib/words.ts';

/** Wishes about the list and not about its tracks. */
const OF_THE_LIST: ReadonlySet<string> = new Set(['minutes', 'tracks', 'order']);

/** What every track of a list shares, so that the rows need not repeat it; undefined where nothing is certain. */
export function sharedByAll(vibe: VibeListView | undefined, songs: FromSeedsView | undefined): string | undefined {
  if (songs) return songs.tracks.length === 0 ? undefined : `chosen from ${plural(songs.candidates, 'recording')} that go with your songs.`;
  if (!vibe || vibe.tracks.length === 0) return undefined;
  const areYearsRelaxed = vibe.notices.some(({ kind, text }) => kind === 'relaxed' && text.startsWith('Years'));
  const labels = vibe.chips
    .filter(({ field, isHard }) => isHard && !OF_THE_LIST.has(field) && !(areYearsRelaxed && field === 'years'))
    .map(({ label }) => (/^[A-Z][a-z]/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label));
  const pool = `chosen from ${plural(vibe.pool, 'recording')} that match.`;
  return labels.length === 0 ? pool : `${labels.join(', ')}; ${pool}`;
}

const NAME_MAX = 60;

/** A name for a list that nobody named: the beginning of the sentence, or the songs that it goes with. */
export function proposedName(q: string | undefined, seeds: readonly { readonly title: string }[]): string {
  const titles = seeds.map(({ title }) => title);
  const text = q?.replaceAll(/\s+/gu, ' ').trim() ?? (titles.length === 0 ? '' : `Like ${joinNames(titles)}`);
  if (text === '') return 'New playlist';
  const short = text.length <= NAME_MAX ? text : `${text.slice(0, NAME_MAX).replace(/\W*\s\S*$/u, '')}…`;
  return short.charAt(0).toUpperCase() + short.slice(1);
}

/** "24 tracks, 3 of them pinned, 2 removed". */
export function listFigures(tracks: number, pinned: number, removed: number): string {
  return [plural(tracks, 'track'), ...(pinned > 0 ? [`${count(pinned)} pinned`] : []), ...(removed > 0 ? [`${count(removed)} removed`] : [])].join(
    ', ',
  );
}
