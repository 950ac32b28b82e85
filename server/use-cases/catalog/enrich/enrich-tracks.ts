import { countUnenriched } from '#server/repos/catalog/enrichment.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import type { EnrichDeps } from './stage.ts';
import { readFeatures } from './read-features.ts';
import { readGenres } from './read-genres.ts';
import { readTrackDetails } from './read-track-details.ts';

/**
 * Fills in what the catalog lacks: ISRC and popularity where a batch read is allowed, then audio features, then genres. Resumable: what was requested
 * is marked. A source that is unavailable to us leaves values unknown; nothing downstream requires them. One that is down stops neither the other
 * stages nor the other sources; its error is thrown at the end, with the time to retry.
 */
export async function enrichTracks(deps: EnrichDeps, { signal }: { signal: AbortSignal }, report: Report = async () => {}): Promise<Outcome> {
  const missing = await countUnenriched(deps.db);
  const details = await readTrackDetails(deps, stageReport(report, 'Reading ISRC and popularity', missing.details), signal);
  const features = await readFeatures(deps, stageReport(report, 'Reading tempo, key and energy', missing.features), signal);
  const remaining = await countUnenriched(deps.db);
  const genres = await readGenres(deps, stageReport(report, 'Reading genres by artist', remaining.genres), signal);
  // Finished results are stored; for the rest the queue retries when the source is available again.
  const unavailable = [details, features, genres].flatMap((stage) => stage?.unavailable ?? []);
  const [first] = unavailable.toSorted((a, b) => (a.retryAfterMs ?? 0) - (b.retryAfterMs ?? 0));
  if (first) throw first;
  if (features.requested + genres.requested + (details?.requested ?? 0) === 0) return { outcome: 'Nothing was missing.' };
  const parts = [
    details ? `ISRC for ${shares(details)}` : undefined,
    `features for ${shares(features)} recordings`,
    `genres for ${shares(genres)} artists`,
  ];
  return { outcome: `Found ${parts.filter(Boolean).join(', ')}.` };
}

const shares = ({ known, requested }: { readonly known: number; readonly requested: number }) =>
  `${known.toLocaleString('en')} of ${requested.toLocaleString('en')}`;

function stageReport(report: Report, doing: string, total: number): (done: number) => Promise<void> {
  return (done) => report({ doing, done, total: Math.max(total, done) });
}
