import { rankEntries } from './rank-entries.ts';
import type { WordsQuery } from './read-query.ts';
import { wordsOf } from './words.ts';

/** The playlists that fit a query of words, best first: by the rule of `rankEntries`, with the name as title and the blurb as artist. */
export function matchPlaylists<P extends { readonly name: string; readonly blurb: string | null }>(query: WordsQuery, playlists: readonly P[]): P[] {
  const entries = playlists.map(({ name, blurb }, at) => ({
    kind: 'album' as const,
    ref: String(at),
    text: [name, blurb ?? ''].map((line) => wordsOf(line).join(' ')).join('\n'),
    popularity: null,
  }));
  return rankEntries(query, entries).flatMap(({ ref, missing }) => (missing === 0 ? (playlists[Number(ref)] ?? []) : []));
}
