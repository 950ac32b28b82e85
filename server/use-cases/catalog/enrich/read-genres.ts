import type { Provenance } from '#shared/vocabulary.ts';
import { listArtistsToAsk, saveArtistTags } from '#server/repos/catalog/enrichment.ts';
import type { AppError } from '#shared/errors.ts';
import { isAway } from './stage.ts';
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
      if (isAway(said)) return { asked, known, away: said };
      const tags = said.genres.slice(0, GENRES_KEPT);
      await deps.db.transaction((tx) => saveArtistTags(tx, { artistId, recordingId, kind: 'genre', tags, source: said.source, at: deps.now() }));
      asked += 1;
      if (tags.length > 0) known += 1;
    }
    await report(asked);
  }
  return { asked, known };
}

/** The first source that has genres for it, or none has any; when one that may have them cannot be asked and no other has, why. */
async function askChain(deps: EnrichDeps, isrc: string, signal: AbortSignal): Promise<{ source: Provenance; genres: readonly string[] } | AppError> {
  let away: AppError | undefined;
  for (const source of deps.genreSources) {
    try {
      const genres = await source.readGenres(isrc, signal);
      if (genres && genres.length > 0) return { source: source.provenance, genres };
    } catch (error) {
      if (!isAway(error)) throw error;
      away ??= error;
    }
  }
  return away ?? { source: 'derived', genres: [] };
}
