import type { Provenance } from '#shared/vocabulary.ts';
import { listArtistsToAsk, saveArtistTags } from '#server/repos/enrichment.ts';
import type { EnrichDeps, Stage } from './stage.ts';

const BATCH = 50;
/** More than these say little about a recording and blur every rule. */
const GENRES_KEPT = 6;

/** Asks the genre chain once an artist, by the ISRC of the artist's best-known recording: at one request a second a track each would take days. */
export async function readGenres(deps: EnrichDeps, report: (done: number) => Promise<void>, signal: AbortSignal): Promise<Stage> {
  let asked = 0;
  let known = 0;
  while (!signal.aborted && deps.genreSources.length > 0) {
    const batch = await listArtistsToAsk(deps.db, BATCH);
    if (batch.length === 0) break;
    for (const { artistId, isrc, recordingId } of batch) {
      const said = await askChain(deps, isrc, signal);
      const tags = said.genres.slice(0, GENRES_KEPT);
      await deps.db.transaction((tx) => saveArtistTags(tx, { artistId, recordingId, kind: 'genre', tags, source: said.source, at: deps.now() }));
      asked += 1;
      if (tags.length > 0) known += 1;
    }
    await report(asked);
  }
  return { asked, known };
}

async function askChain(deps: EnrichDeps, isrc: string, signal: AbortSignal): Promise<{ source: Provenance; genres: readonly string[] }> {
  for (const source of deps.genreSources) {
    const genres = await source.readGenres(isrc, signal);
    if (genres && genres.length > 0) return { source: source.provenance, genres };
  }
  return { source: 'derived', genres: [] };
}
