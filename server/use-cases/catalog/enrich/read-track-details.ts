import type { TrackDetails } from '#server/providers/ports.ts';
import { listWithoutIsrc } from '#server/repos/catalog/enrichment.ts';
import type { UnenrichedRecording } from '#server/repos/catalog/enrichment.ts';
import { saveIsrcs } from '#server/repos/catalog/learned-isrcs.ts';
import type { AppError } from '#shared/errors.ts';
import { isUnavailable } from './stage.ts';
import type { EnrichDeps, StageResult } from './stage.ts';

/** Spotify's maximum tracks per request. */
const TRACKS_PER_REQUEST = 50;

/** Reads ISRC and popularity of tracks that lack them; undefined where the app has no batch read (one request per track is not worth the budget). */
export async function readTrackDetails(
  deps: EnrichDeps,
  report: (done: number) => Promise<void>,
  signal: AbortSignal,
): Promise<StageResult | undefined> {
  let after = 0;
  let requested = 0;
  let known = 0;
  while (!signal.aborted) {
    const batch = await listWithoutIsrc(deps.db, after, TRACKS_PER_REQUEST);
    const last = batch.at(-1);
    if (!last) break;
    const details = await askForDetails(deps, batch, signal);
    if (!details) return undefined;
    if (isUnavailable(details)) return { requested, known, unavailable: details };
    const byTrack = new Map(details.map((detail) => [detail.id, detail]));
    const learned = batch.flatMap(({ recordingId, trackId }) => {
      const detail = byTrack.get(trackId);
      return detail ? [{ recordingId, isrc: detail.isrc, popularity: detail.popularity }] : [];
    });
    await deps.db.transaction((tx) => saveIsrcs(tx, learned, { source: 'spotify', at: deps.now() }));
    after = last.recordingId;
    requested += batch.length;
    known += learned.filter((row) => row.isrc !== null).length;
    await report(requested);
  }
  return { requested, known };
}

async function askForDetails(
  deps: EnrichDeps,
  rows: readonly UnenrichedRecording[],
  signal: AbortSignal,
): Promise<readonly TrackDetails[] | AppError | undefined> {
  try {
    return await deps.catalog.readTrackDetails(
      rows.map((row) => row.trackId),
      signal,
    );
  } catch (error) {
    if (isUnavailable(error)) return error;
    throw error;
  }
}
