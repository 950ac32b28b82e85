import { countUnenriched } from '#server/repos/catalog/enrichment.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import type { Report } from '#server/use-cases/operations/jobs/track-run.ts';
import type { EnrichDeps } from './stage.ts';
import { readFeatures } from './read-features.ts';
import { readGenres } from './read-genres.ts';
import { readTrackDetails } from './read-track-details.ts';

/**
 * Asks the chains for what the catalogue does not know: ISRC and popularity where a batch read is allowed, then audio features, then genres.
 * Resumable: what was asked is marked. A source that is closed or silent leaves values unknown; nothing downstream needs them. One that is down stops
 * neither the other stages nor the other sources; then its error is thrown at the end, with when to ask again.
 */
export async function enrichTracks(deps: EnrichDeps, trigger: string, signal: AbortSignal): Promise<{ outcome: string }> {
  return trackRun(deps, { task: 'enrich-tracks', trigger, signal }, async (report) => {
    const missing = await countUnenriched(deps.db);
    const details = await readTrackDetails(deps, stageReport(report, 'Asking for ISRC and popularity', missing.details), signal);
    const features = await readFeatures(deps, stageReport(report, 'Asking for tempo, key and energy', missing.features), signal);
    const left = await countUnenriched(deps.db);
    const genres = await readGenres(deps, stageReport(report, 'Asking for genres, artist by artist', left.genres), signal);
    // What could be asked is kept; for the rest the queue comes back when the source may be asked again.
    const away = [details, features, genres].flatMap((stage) => stage?.away ?? []);
    const [first] = away.toSorted((a, b) => (a.retryAfterMs ?? 0) - (b.retryAfterMs ?? 0));
    if (first) throw first;
    if (features.asked + genres.asked + (details?.asked ?? 0) === 0) return { outcome: 'Nothing was left to ask.' };
    const said = [
      details ? `ISRC for ${shares(details)}` : undefined,
      `features for ${shares(features)} recordings`,
      `genres for ${shares(genres)} artists`,
    ];
    return { outcome: `Learned ${said.filter(Boolean).join(', ')}.` };
  });
}

const shares = ({ known, asked }: { readonly known: number; readonly asked: number }) =>
  `${known.toLocaleString('en')} of ${asked.toLocaleString('en')}`;

function stageReport(report: Report, doing: string, total: number): (done: number) => Promise<void> {
  return (done) => report({ doing, done, total: Math.max(total, done) });
}
