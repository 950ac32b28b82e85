import type { SpotifyTrackId } from '#shared/ids.ts';
import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { z } from 'zod';
import { sendRequest, parseResponse, toVendorError } from '../http.ts';
import type { AudioFeatureSource, FeatureReading, CachedResponse, ProviderCache, RequestBudget } from '../ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { reccobeatsWire } from './wire.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** ReccoBeats rejects requests with more ids. */
const IDS_PER_REQUEST = 40;
/** A recording's features do not change; an unknown track may be added within a week. */
const CACHE_FOR_MS = { known: 30 * DAY_MS, unknown: 7 * DAY_MS } as const;

export interface ReccobeatsConfig {
  /** Base without a version, such as https://api.reccobeats.com. */
  readonly url: string;
  readonly budget: RequestBudget;
  readonly now: () => Date;
  /** Response cache; without one every call is sent. */
  readonly cache?: ProviderCache | undefined;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'breakerState' | 'random'> | undefined;
}

/** The cached value; null for a track that ReccoBeats does not know. */
const cachedReading = z.object({
  reading: z
    .object({ isrc: z.string().nullable().transform(normalizeIsrc), features: z.partialRecord(z.enum(AUDIO_FEATURES), z.number()) })
    .nullable(),
});

/**
 * Reads audio features by Spotify track id from ReccoBeats, in any order and with gaps. Only tracks without a fresh cached value are requested; while
 * ReccoBeats is unavailable, expired values are used if every track has one. Throws `rate_limited`, `provider_unavailable`, `provider_rejected`.
 */
export function createReccobeats({ url, budget, now, cache, resilience }: ReccobeatsConfig): AudioFeatureSource {
  const policy = createResilience({ ...resilience, vendor: 'ReccoBeats', budget, now });
  const fetchReadings = async (ids: readonly SpotifyTrackId[], attemptSignal: AbortSignal): Promise<readonly FeatureReading[]> => {
    const address = `${url.replace(/\/+$/, '')}/v1/audio-features?ids=${ids.join(',')}`;
    const response = await sendRequest('ReccoBeats', { method: 'GET', url: address, signal: attemptSignal });
    if (response.status !== 200) throw toVendorError('ReccoBeats', response, now());
    const idByText = new Map<string, SpotifyTrackId>(ids.map((id) => [id, id]));
    return parseResponse('ReccoBeats', reccobeatsWire, response).content.flatMap((row) => {
      const trackId = idByText.get(/\/track\/([0-9A-Za-z]{22})(?:[/?#]|$)/.exec(row?.href ?? '')?.[1] ?? '');
      return row && trackId ? [{ trackId, isrc: row.isrc || null, features: featuresOf(row) }] : [];
    });
  };
  return {
    provenance: 'reccobeats',
    batchSize: IDS_PER_REQUEST,
    readFeatures: async (ids, signal) => {
      if (ids.length === 0) return [];
      const cached = (await cache?.find('reccobeats', ids)) ?? new Map<string, CachedResponse>();
      const missing = ids.filter((id) => !cached.get(id)?.isFresh);
      const fresh = readingsOf(
        cached,
        ids.filter((id) => cached.get(id)?.isFresh),
      );
      if (missing.length === 0) return fresh;
      let isFromCache = false;
      const useCache = () => {
        isFromCache = true;
        return readingsOf(cached, missing);
      };
      const isAllCached = missing.every((id) => cached.has(id));
      const read = await policy.run({
        idempotent: true,
        signal,
        attempt: (attemptSignal) => fetchReadings(missing, attemptSignal),
        ...(isAllCached ? { fallback: useCache } : {}),
      });
      if (!isFromCache) await cache?.store('reccobeats', cacheEntries(missing, read));
      return [...fresh, ...read];
    },
  };
}

function readingsOf(cached: ReadonlyMap<string, CachedResponse>, ids: readonly SpotifyTrackId[]): FeatureReading[] {
  return ids.flatMap((trackId) => {
    const { data } = cachedReading.safeParse(cached.get(trackId)?.body);
    return data?.reading ? [{ trackId, ...data.reading }] : [];
  });
}

/** One cache entry per requested track, including tracks that ReccoBeats does not know. */
function cacheEntries(ids: readonly SpotifyTrackId[], read: readonly FeatureReading[]) {
  const readings = new Map(read.map(({ trackId, ...reading }) => [trackId, reading]));
  return ids.map((key) => {
    const reading = readings.get(key) ?? null;
    return { key, body: { reading }, goodForMs: CACHE_FOR_MS[reading ? 'known' : 'unknown'] };
  });
}

function featuresOf(row: NonNullable<z.output<typeof reccobeatsWire>['content'][number]>): FeatureReading['features'] {
  const values: Readonly<Record<string, unknown>> = row;
  return Object.fromEntries(AUDIO_FEATURES.flatMap((name) => (typeof values[name] === 'number' ? [[name, values[name]]] : [])));
}
