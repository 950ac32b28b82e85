import type { AudioFeatureSource, FeatureReading } from '#server/providers/ports.ts';
import { listWithoutFeatures, saveFeatures } from '#server/repos/catalog/enrichment.ts';
import type { UnenrichedRecording } from '#server/repos/catalog/enrichment.ts';
import type { AppError } from '#shared/errors.ts';
import { saveIsrcs } from '#server/repos/catalog/learned-isrcs.ts';
import { isUnavailable } from './stage.ts';
import type { EnrichDeps, StageResult } from './stage.ts';

/** Recordings sent through the chain together; the largest batch of any source is 100. */
const BATCH = 400;

/**
 * Asks each source of the chain for what the earlier ones did not know. A source that is unavailable to us is skipped; one that fails is left out for
 * the rest of the run, and what only it may know stays unrequested.
 */
export async function readFeatures(deps: EnrichDeps, report: (done: number) => Promise<void>, signal: AbortSignal): Promise<StageResult> {
  const chain: Chain = { sources: [...deps.featureSources], away: undefined, tried: new Set() };
  let after = 0;
  let requested = 0;
  let known = 0;
  while (!signal.aborted && chain.sources.length > 0) {
    const batch = await listWithoutFeatures(deps.db, after, BATCH);
    const last = batch.at(-1);
    if (!last) break;
    const missing = await askChain(deps, { chain, batch }, signal);
    known += batch.length - missing.length;
    const isAnswered = chain.away === undefined;
    const unknown = isAnswered ? missing.map((row) => row.recordingId) : [];
    await saveFeatures(deps.db, { source: 'derived', at: deps.now(), asked: unknown, features: [] });
    after = last.recordingId;
    requested += isAnswered ? batch.length : batch.length - missing.length;
    await report(requested);
  }
  return { requested, known, unavailable: chain.away };
}

interface Chain {
  sources: readonly AudioFeatureSource[];
  away: AppError | undefined;
  /** Sources that answered in this run. */
  readonly tried: Set<AudioFeatureSource>;
}

/** Returns the recordings that no source knew. */
async function askChain(
  deps: EnrichDeps,
  { chain, batch }: { chain: Chain; batch: readonly UnenrichedRecording[] },
  signal: AbortSignal,
): Promise<readonly UnenrichedRecording[]> {
  let missing = batch;
  for (const source of chain.sources) {
    try {
      // Send one request first: after an outage the breaker lets only one through, and during one the others need not be sent.
      const trialSize = chain.tried.has(source) ? 0 : source.batchSize;
      const first = trialSize === 0 ? [] : await askInBatches(source, missing.slice(0, trialSize), signal);
      chain.tried.add(source);
      const others = first && (await askInBatches(source, missing.slice(trialSize), signal));
      const readings = first && others && [...first, ...others];
      if (!readings) continue;
      const answered = await saveReadings(deps, source, { asked: missing, readings });
      missing = missing.filter((row) => !answered.has(row.trackId));
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      chain.away ??= error;
      chain.sources = chain.sources.filter((one) => one !== source);
    }
  }
  return missing;
}

async function askInBatches(
  source: AudioFeatureSource,
  rows: readonly UnenrichedRecording[],
  signal: AbortSignal,
): Promise<FeatureReading[] | undefined> {
  const batches: UnenrichedRecording[][] = [];
  for (let at = 0; at < rows.length; at += source.batchSize) batches.push(rows.slice(at, at + source.batchSize));
  // Wait for all: a request still running after the job ended would count against the vendor later.
  const ends = await Promise.allSettled(
    batches.map((batch) =>
      source.readFeatures(
        batch.map((row) => row.trackId),
        signal,
      ),
    ),
  );
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  const answers = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  return answers.some((answer) => answer === undefined) ? undefined : answers.flatMap((answer) => answer ?? []);
}

async function saveReadings(
  deps: EnrichDeps,
  source: AudioFeatureSource,
  answer: { asked: readonly UnenrichedRecording[]; readings: readonly FeatureReading[] },
): Promise<Set<string>> {
  const recordings = new Map(answer.asked.map((row) => [row.trackId, row.recordingId]));
  const known = answer.readings.flatMap((reading) => {
    const recordingId = recordings.get(reading.trackId);
    return recordingId === undefined ? [] : [{ recordingId, reading }];
  });
  await deps.db.transaction(async (tx) => {
    const features = known.map(({ recordingId, reading }) => ({ recordingId, ...reading.features }));
    await saveFeatures(tx, { source: source.provenance, at: deps.now(), asked: features.map((row) => row.recordingId), features });
    const learned = known.map(({ recordingId, reading }) => ({ recordingId, isrc: reading.isrc, popularity: null }));
    await saveIsrcs(
      tx,
      learned.filter((row) => row.isrc !== null),
      { source: source.provenance, at: deps.now() },
    );
  });
  return new Set(known.map(({ reading }) => reading.trackId));
}
