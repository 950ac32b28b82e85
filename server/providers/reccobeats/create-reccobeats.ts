import type { SpotifyTrackId } from '#shared/ids.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import type { z } from 'zod';
import { exchange, parseAnswer, refusalOf } from '../http.ts';
import type { AudioFeatureSource, FeatureReading, RequestBudget } from '../ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { reccobeatsWire } from './wire.ts';

/** More ids than this in one call are refused. */
const IDS_PER_REQUEST = 40;

export interface ReccobeatsConfig {
  /** Base without a version, such as https://api.reccobeats.com. */
  readonly url: string;
  readonly budget: RequestBudget;
  readonly now: () => Date;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'random'> | undefined;
}

/** Audio features by Spotify id from ReccoBeats, in any order and with gaps. Throws `rate_limited`, `provider_unavailable`, `provider_rejected`. */
export function createReccobeats({ url, budget, now, resilience }: ReccobeatsConfig): AudioFeatureSource {
  const policy = createResilience({ ...resilience, vendor: 'ReccoBeats', budget, now });
  return {
    provenance: 'reccobeats',
    batchSize: IDS_PER_REQUEST,
    readFeatures: async (ids, signal) => {
      if (ids.length === 0) return [];
      const address = `${url.replace(/\/+$/, '')}/v1/audio-features?ids=${ids.join(',')}`;
      const answer = await policy.run({
        idempotent: true,
        signal,
        attempt: async (attemptSignal) => {
          const said = await exchange('ReccoBeats', { method: 'GET', url: address, signal: attemptSignal });
          if (said.status === 200) return said;
          throw refusalOf('ReccoBeats', said, now());
        },
      });
      const asked = new Map<string, SpotifyTrackId>(ids.map((id) => [id, id]));
      return parseAnswer('ReccoBeats', reccobeatsWire, answer).content.flatMap((row) => {
        const trackId = asked.get(/\/track\/([0-9A-Za-z]{22})(?:[/?#]|$)/.exec(row.href)?.[1] ?? '');
        return trackId ? [{ trackId, isrc: row.isrc, features: featuresOf(row) }] : [];
      });
    },
  };
}

function featuresOf(row: z.output<typeof reccobeatsWire>['content'][number]): FeatureReading['features'] {
  const said: Readonly<Record<string, unknown>> = row;
  return Object.fromEntries(AUDIO_FEATURES.flatMap((name) => (typeof said[name] === 'number' ? [[name, said[name]]] : [])));
}
