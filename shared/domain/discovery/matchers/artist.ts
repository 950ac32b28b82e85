import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { creditIndexOf } from '#shared/domain/catalog/credit-index.ts';
import { creditLinks } from '#shared/domain/catalog/neighbors/credit-links.ts';
import { totalWeight, weighExamples } from '#shared/domain/catalog/neighbors/examples.ts';
import { knownness } from './best-known.ts';
import type { MatchContext, Matcher, MatchQuestion, MatchRanking } from './matcher.ts';
import { NO_CANDIDATES } from './matcher.ts';
import { similarArtists } from './similar-artists.ts';
import { TopRows } from './top-rows.ts';

/** Parts of a score: an artist of the seeds, the album of a seed, an artist like those, and how well known the recording is. */
const OWN_ARTIST = 1;
const OWN_ALBUM = 0.5;
const SIMILAR_ARTIST = 0.8;
const KNOWN = 0.3;

/** Recordings by the seeds' artists, from their albums, and by artists who appear with them on credits and playlists. The best known come first. */
export const artistMatcher: Matcher = {
  id: 'artist',
  name: 'Artists',
  goesBy: 'The same artists and albums, and artists who appear with them.',
  match: matchByArtist,
};

function matchByArtist(context: MatchContext, question: MatchQuestion): MatchRanking {
  const weights = weighExamples(question.seeds);
  const total = totalWeight(weights);
  if (total === 0) return NO_CANDIDATES;
  const { catalog } = context;
  const own = creditLinks(catalog, weights);
  const similar = similarArtists(context, weights);
  const likest = (row: number) => {
    let best: { artist: number; affinity: number } | undefined;
    for (const artist of artistsOf(catalog, row)) {
      const affinity = similar.get(artist)?.affinity ?? 0;
      if (affinity > (best?.affinity ?? 0)) best = { artist, affinity };
    }
    return best;
  };
  const scoreOf = (row: number): number => {
    const artist = own.artistOf(row);
    const byArtist = artist ? OWN_ARTIST * Math.sqrt(artist.weight / total) : SIMILAR_ARTIST * (likest(row)?.affinity ?? 0);
    const album = own.albumOf(row) === undefined ? 0 : OWN_ALBUM;
    return byArtist + album === 0 ? Number.NaN : (byArtist + album) * (1 + KNOWN * knownness(context, row));
  };
  const top = new TopRows(question.limit);
  for (const row of related(context, weights, similar)) {
    if (weights.has(row)) continue;
    const score = scoreOf(row);
    if (!Number.isNaN(score) && question.admits(row)) top.offer(row, score);
  }
  const { rows, scores } = top.sorted();
  return {
    rows,
    scores,
    reasonOf: (place) => {
      const row = rows[place] ?? -1;
      const album = own.albumOf(row);
      if (album !== undefined) return { fact: 'same_album', seed: album };
      const artist = own.artistOf(row);
      if (artist) return { fact: 'same_artist', seed: artist.example, artist: sharedName(context, row, artist.example), tracks: artist.tracks };
      const other = likest(row);
      const link = other && similar.get(other.artist);
      if (!other || !link) return undefined;
      return { fact: 'similar_artist', seed: link.seed, artist: catalog.artistNames[other.artist] ?? '', lists: link.lists, credits: link.credits };
    },
  };
}

/** Every row once that shares an artist or an album with a seed, or has an artist who appears with theirs. */
function related({ catalog }: MatchContext, weights: ReadonlyMap<number, number>, similar: ReadonlyMap<number, unknown>): Iterable<number> {
  const index = creditIndexOf(catalog);
  const rows = new Set<number>();
  const addAll = (some: Int32Array) => some.forEach((row) => rows.add(row));
  for (const seed of weights.keys()) {
    for (const artist of artistsOf(catalog, seed)) addAll(index.rowsByArtist(artist));
    addAll(index.rowsOnAlbum(catalog.albums[seed] ?? -1));
  }
  for (const artist of similar.keys()) addAll(index.rowsByArtist(artist));
  return rows;
}

function sharedName({ catalog }: MatchContext, row: number, seed: number): string {
  const ofSeed = new Set(artistsOf(catalog, seed));
  const shared = artistsOf(catalog, row).find((artist) => ofSeed.has(artist));
  return shared === undefined ? '' : (catalog.artistNames[shared] ?? '');
}
