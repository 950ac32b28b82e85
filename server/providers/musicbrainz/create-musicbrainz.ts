import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { z } from 'zod';
import { sendRequest, parseResponse, toVendorError } from '../http.ts';
import type { RawResponse } from '../http.ts';
import type { GenreSource, ProviderCache, RequestBudget } from '../ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { isrcWire } from './wire.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

export interface MusicbrainzConfig {
  /** Base, such as https://musicbrainz.org. */
  readonly url: string;
  /** Email or web address of the operator; MusicBrainz rejects clients without one. */
  readonly contact: string;
  /** MusicBrainz allows one request a second per IP address. */
  readonly budget: RequestBudget;
  readonly now: () => Date;
  /** Response cache; without one every call is sent. */
  readonly cache?: ProviderCache | undefined;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'breakerState' | 'random'> | undefined;
}

/** Genres change slowly; an unknown ISRC may be added within a week. */
const CACHE_FOR_MS = { known: 30 * DAY_MS, unknown: 7 * DAY_MS } as const;

/** The cached value; null for an ISRC that MusicBrainz does not know. */
const cachedGenres = z.object({ genres: z.array(z.string()).nullable() });

/**
 * Reads genres by ISRC from MusicBrainz: curated genres only, no free tags. Responses are cached for 30 days; while MusicBrainz is unavailable an
 * expired one is used. Throws `rate_limited`, `provider_unavailable`, `provider_rejected`.
 */
export function createMusicbrainz({ url, contact, budget, now, cache, resilience }: MusicbrainzConfig): GenreSource {
  const policy = createResilience({ ...resilience, vendor: 'MusicBrainz', budget, now });
  const headers = { 'user-agent': `Segue/0.1 ( ${contact} )` };
  const fetchGenres = async (isrc: string, attemptSignal: AbortSignal): Promise<string[] | undefined> => {
    const address = `${url.replace(/\/+$/, '')}/ws/2/isrc/${encodeURIComponent(isrc)}?fmt=json&inc=artist-credits+tags+genres`;
    const response = await sendRequest('MusicBrainz', { method: 'GET', url: address, headers, signal: attemptSignal });
    if (response.status === 200) return genresOf(response);
    // 400 means that the value is not a valid ISRC, so it is unknown too.
    if (response.status === 404 || response.status === 400) return undefined;
    throw toVendorError('MusicBrainz', response, now());
  };
  return {
    provenance: 'musicbrainz',
    readGenres: async (given, signal) => {
      // MusicBrainz answers 400 to hyphens.
      const isrc = normalizeIsrc(given);
      if (isrc === null) return undefined;
      const entry = (await cache?.find('musicbrainz', [isrc]))?.get(isrc);
      const cached = cachedGenres.safeParse(entry?.body);
      if (cached.success && entry?.isFresh) return cached.data.genres ?? undefined;
      let isFromCache = false;
      const useCache = () => {
        isFromCache = true;
        return cached.data?.genres ?? undefined;
      };
      const genres = await policy.run({
        idempotent: true,
        signal,
        attempt: (attemptSignal) => fetchGenres(isrc, attemptSignal),
        ...(cached.success ? { fallback: useCache } : {}),
      });
      const body = { genres: genres ?? null };
      if (!isFromCache) await cache?.store('musicbrainz', [{ key: isrc, body, goodForMs: CACHE_FOR_MS[genres ? 'known' : 'unknown'] }]);
      return genres;
    },
  };
}

/** Several recordings can share one ISRC: their votes are summed. */
function genresOf(answer: RawResponse): string[] {
  const votes = new Map<string, number>();
  for (const { genres } of parseResponse('MusicBrainz', isrcWire, answer).recordings) {
    for (const { name, count } of genres) votes.set(name.toLowerCase(), (votes.get(name.toLowerCase()) ?? 0) + count);
  }
  return [...votes].toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).map(([name]) => name);
}
