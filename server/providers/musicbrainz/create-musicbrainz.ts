import { z } from 'zod';
import { exchange, parseAnswer, refusalOf } from '../http.ts';
import type { RawAnswer } from '../http.ts';
import type { GenreSource, ProviderCache, RequestBudget } from '../ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { isrcWire } from './wire.ts';

export interface MusicbrainzConfig {
  /** Base, such as https://musicbrainz.org. */
  readonly url: string;
  /** Mail or web address by which MusicBrainz can reach whoever runs this house; they refuse clients without one. */
  readonly contact: string;
  /** One request a second for each address. */
  readonly budget: RequestBudget;
  readonly now: () => Date;
  /** Where answers are kept; without one every question goes out. */
  readonly cache?: ProviderCache | undefined;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'memory' | 'random'> | undefined;
}

const DAY_MS = 86_400_000;
/** Genres of a recording are voted on for years; an ISRC that nobody entered may be entered next week. */
const GOOD_FOR_MS = { known: 30 * DAY_MS, unknown: 7 * DAY_MS } as const;

/** Genres as kept; null for an ISRC that MusicBrainz does not know. */
const keptGenres = z.object({ genres: z.array(z.string()).nullable() });

/**
 * Genres by ISRC from MusicBrainz: its curated genres only, never free tags. Answers are kept for a month; while MusicBrainz cannot be asked, an
 * older one is good enough. Throws `rate_limited`, `provider_unavailable`, `provider_rejected`.
 */
export function createMusicbrainz({ url, contact, budget, now, cache, resilience }: MusicbrainzConfig): GenreSource {
  const policy = createResilience({ ...resilience, vendor: 'MusicBrainz', budget, now });
  const headers = { 'user-agent': `Segue/0.1 ( ${contact} )` };
  const ask = async (isrc: string, attemptSignal: AbortSignal): Promise<string[] | undefined> => {
    const address = `${url.replace(/\/+$/, '')}/ws/2/isrc/${encodeURIComponent(isrc)}?fmt=json&inc=artist-credits+tags+genres`;
    const said = await exchange('MusicBrainz', { method: 'GET', url: address, headers, signal: attemptSignal });
    if (said.status === 200) return genresOf(said);
    // 400 is said to what does not look like an ISRC: not known there either.
    if (said.status === 404 || said.status === 400) return undefined;
    throw refusalOf('MusicBrainz', said, now());
  };
  return {
    provenance: 'musicbrainz',
    readGenres: async (isrc, signal) => {
      const entry = (await cache?.find('musicbrainz', [isrc]))?.get(isrc);
      const kept = keptGenres.safeParse(entry?.body);
      if (kept.success && entry?.isFresh) return kept.data.genres ?? undefined;
      let isKept = false;
      const instead = () => {
        isKept = true;
        return kept.data?.genres ?? undefined;
      };
      const genres = await policy.run({
        idempotent: true,
        signal,
        attempt: (attemptSignal) => ask(isrc, attemptSignal),
        ...(kept.success ? { fallback: instead } : {}),
      });
      const body = { genres: genres ?? null };
      if (!isKept) await cache?.keep('musicbrainz', [{ key: isrc, body, goodForMs: GOOD_FOR_MS[genres ? 'known' : 'unknown'] }]);
      return genres;
    },
  };
}

/** Several recordings can carry one ISRC: their votes are added up. */
function genresOf(answer: RawAnswer): string[] {
  const votes = new Map<string, number>();
  for (const { genres } of parseAnswer('MusicBrainz', isrcWire, answer).recordings) {
    for (const { name, count } of genres) votes.set(name.toLowerCase(), (votes.get(name.toLowerCase()) ?? 0) + count);
  }
  return [...votes].toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).map(([name]) => name);
}
