import type { Provenance } from '#shared/vocabulary.ts';
import { listArtistsWithoutGenres, saveArtistTags } from '#server/repos/catalog/enrichment.ts';
import type { AppError } from '#shared/errors.ts';
import { isUnavailable } from './stage.ts';
import type { EnrichDeps, StageResult } from './stage.ts';

const BATCH = 50;
/** More genres than this say little about a recording and blur every rule. */
const GENRES_KEPT = 6;

/**
 * Asks the genre chain once per artist, by the ISRC of the artist's best-known recording: at one request per second, once per track would take days.
 */
export async function readGenres(deps: EnrichDeps, report: (done: number) => Promise<void>, signal: AbortSignal): Promise<StageResult> {
  let requested = 0;
  let known = 0;
  while (!signal.aborted && deps.genreSources.length > 0) {
    const batch = await listArtistsWithoutGenres(deps.db, BATCH);
    if (batch.length === 0) break;
    for (const { artistId, isrc, recordingId } of batch) {
      const answer = await askChain(deps, isrc, signal);
      if (isUnavailable(answer)) return { requested, known, unavailable: answer };
      const tags = answer.genres.slice(0, GENRES_KEPT);
      await deps.db.transaction((tx) => saveArtistTags(tx, { artistId, recordingId, kind: 'genre', tags, source: answer.source, at: deps.now() }));
      requested += 1;
      if (tags.length > 0) known += 1;
    }
    await report(requested);
  }
  return { requested, known };
}

/** The answer of the first source that has genres, or none. If a source that may have them is unavailable and no other has any, its error. */
async function askChain(deps: EnrichDeps, isrc: string, signal: AbortSignal): Promise<{ source: Provenance; genres: readonly string[] } | AppError> {
  let away: AppError | undefined;
  for (const source of deps.genreSources) {
    try {
      const genres = await source.readGenres(isrc, signal);
      if (genres && genres.length > 0) return { source: source.provenance, genres };
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      away ??= error;
    }
  }
  return away ?? { source: 'derived', genres: [] };
}
