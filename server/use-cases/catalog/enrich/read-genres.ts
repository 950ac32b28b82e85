import pLimit from 'p-limit';
import type { Provenance } from '#shared/vocabulary.ts';
import { listArtistsWithoutGenres, saveArtistTags } from '#server/repos/catalog/enrichment.ts';
import type { ArtistWithoutGenres } from '#server/repos/catalog/enrichment.ts';
import type { AppError } from '#shared/errors.ts';
import { isUnavailable } from './stage.ts';
import type { EnrichDeps, StageResult } from './stage.ts';

const BATCH = 100;
/** Requests waiting at once. The vendor's budget sets the rate; without one (a mirror, the sandbox) this hides the time of the round trips. */
const PARALLEL = 8;
/** More genres than this say little about a recording and blur every rule. */
const GENRES_KEPT = 6;

/**
 * Asks the genre chain once per artist, by the ISRC of the artist's best-known recording: at one request per second, once per track would take days.
 * The first request is sent alone: while a source is down the others need not be sent.
 */
export async function readGenres(deps: EnrichDeps, report: (done: number) => Promise<void>, signal: AbortSignal): Promise<StageResult> {
  const total = { requested: 0, known: 0, unavailable: undefined as AppError | undefined };
  while (!signal.aborted && deps.genreSources.length > 0 && !total.unavailable) {
    const limit = pLimit(total.requested === 0 ? 1 : PARALLEL);
    const batch = await listArtistsWithoutGenres(deps.db, total.requested === 0 ? 1 : BATCH);
    if (batch.length === 0) break;
    const ends = await Promise.allSettled(
      batch.map((artist) =>
        limit(async () => {
          if (total.unavailable || signal.aborted) return;
          const answer = await readArtistGenres(deps, artist, signal);
          if (isUnavailable(answer)) {
            total.unavailable ??= answer;
            return;
          }
          total.requested += 1;
          if (answer.length > 0) total.known += 1;
        }),
      ),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    await report(total.requested);
  }
  return total;
}

/** Stores and returns the artist's genres; none is an answer too. Returns the error of a source that is unavailable, and stores nothing then. */
async function readArtistGenres(
  deps: EnrichDeps,
  { artistId, isrc, recordingId }: ArtistWithoutGenres,
  signal: AbortSignal,
): Promise<readonly string[] | AppError> {
  const answer = await askChain(deps, isrc, signal);
  if (isUnavailable(answer)) return answer;
  const tags = answer.genres.slice(0, GENRES_KEPT);
  await deps.db.transaction((tx) => saveArtistTags(tx, { artistId, recordingId, kind: 'genre', tags, source: answer.source, at: deps.now() }));
  return tags;
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
