import type { SpotifyTrackId } from '#shared/ids.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { z } from 'zod';
import { exchange, parseAnswer, refusalOf } from '../http.ts';
import type { AudioFeatureSource, FeatureReading, KeptAnswer, ProviderCache, RequestBudget } from '../ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { reccobeatsWire } from './wire.ts';

/** More ids than this in one call are refused. */
const IDS_PER_REQUEST = 40;
const DAY_MS = 86_400_000;
/** A recording's numbers do not change; a track that is not known may be by next week. */
const GOOD_FOR_MS = { known: 30 * DAY_MS, unknown: 7 * DAY_MS } as const;

export interface ReccobeatsConfig {
  /** Base without a version, such as https://api.reccobeats.com. */
  readonly url: string;
  readonly budget: RequestBudget;
  readonly now: () => Date;
  /** Where answers are kept; without one every question goes out. */
  readonly cache?: ProviderCache | undefined;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'memory' | 'random'> | undefined;
}

/** A reading as kept; null for a track that ReccoBeats does not know. */
const keptReading = z.object({
  reading: z.object({ isrc: z.string().nullable(), features: z.partialRecord(z.enum(AUDIO_FEATURES), z.number()) }).nullable(),
});

/**
 * Audio features by Spotify id from ReccoBeats, in any order and with gaps. Only what is not kept is asked for; while ReccoBeats cannot be asked,
 * older answers are good enough where there is one for every track. Throws `rate_limited`, `provider_unavailable`, `provider_rejected`.
 */
export function createReccobeats({ url, budget, now, cache, resilience }: ReccobeatsConfig): AudioFeatureSource {
  const policy = createResilience({ ...resilience, vendor: 'ReccoBeats', budget, now });
  const ask = async (ids: readonly SpotifyTrackId[], attemptSignal: AbortSignal): Promise<readonly FeatureReading[]> => {
    const address = `${url.replace(/\/+$/, '')}/v1/audio-features?ids=${ids.join(',')}`;
    const said = await exchange('ReccoBeats', { method: 'GET', url: address, signal: attemptSignal });
    if (said.status !== 200) throw refusalOf('ReccoBeats', said, now());
    const asked = new Map<string, SpotifyTrackId>(ids.map((id) => [id, id]));
    return parseAnswer('ReccoBeats', reccobeatsWire, said).content.flatMap((row) => {
      const trackId = asked.get(/\/track\/([0-9A-Za-z]{22})(?:[/?#]|$)/.exec(row.href)?.[1] ?? '');
      return trackId ? [{ trackId, isrc: row.isrc, features: featuresOf(row) }] : [];
    });
  };
  return {
    provenance: 'reccobeats',
    batchSize: IDS_PER_REQUEST,
    readFeatures: async (ids, signal) => {
      if (ids.length === 0) return [];
      const kept = (await cache?.find('reccobeats', ids)) ?? new Map<string, KeptAnswer>();
      const missing = ids.filter((id) => !kept.get(id)?.isFresh);
      const fresh = readingsOf(
        kept,
        ids.filter((id) => kept.get(id)?.isFresh),
      );
      if (missing.length === 0) return fresh;
      let isKept = false;
      const instead = () => {
        isKept = true;
        return readingsOf(kept, missing);
      };
      const isAllKept = missing.every((id) => kept.has(id));
      const read = await policy.run({
        idempotent: true,
        signal,
        attempt: (attemptSignal) => ask(missing, attemptSignal),
        ...(isAllKept ? { fallback: instead } : {}),
      });
      if (!isKept) await cache?.keep('reccobeats', answersOf(missing, read));
      return [...fresh, ...read];
    },
  };
}

function readingsOf(kept: ReadonlyMap<string, KeptAnswer>, ids: readonly SpotifyTrackId[]): FeatureReading[] {
  return ids.flatMap((trackId) => {
    const { data } = keptReading.safeParse(kept.get(trackId)?.body);
    return data?.reading ? [{ trackId, ...data.reading }] : [];
  });
}

/** One answer for each track asked; not being known is one too. */
function answersOf(ids: readonly SpotifyTrackId[], read: readonly FeatureReading[]) {
  const readings = new Map(read.map(({ trackId, ...reading }) => [trackId, reading]));
  return ids.map((key) => {
    const reading = readings.get(key) ?? null;
    return { key, body: { reading }, goodForMs: GOOD_FOR_MS[reading ? 'known' : 'unknown'] };
  });
}

function featuresOf(row: z.output<typeof reccobeatsWire>['content'][number]): FeatureReading['features'] {
  const said: Readonly<Record<string, unknown>> = row;
  return Object.fromEntries(AUDIO_FEATURES.flatMap((name) => (typeof said[name] === 'number' ? [[name, said[name]]] : [])));
}
