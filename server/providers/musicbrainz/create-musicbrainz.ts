import { exchange, parseAnswer, refusalOf } from '../http.ts';
import type { RawAnswer } from '../http.ts';
import type { GenreSource, RequestBudget } from '../ports.ts';
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
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'random'> | undefined;
}

/** Genres by ISRC from MusicBrainz: its curated genres only, never free tags. Throws `rate_limited`, `provider_unavailable`, `provider_rejected`. */
export function createMusicbrainz({ url, contact, budget, now, resilience }: MusicbrainzConfig): GenreSource {
  const policy = createResilience({ ...resilience, vendor: 'MusicBrainz', budget, now });
  const headers = { 'user-agent': `Segue/0.1 ( ${contact} )` };
  return {
    provenance: 'musicbrainz',
    readGenres: async (isrc, signal) => {
      const address = `${url.replace(/\/+$/, '')}/ws/2/isrc/${encodeURIComponent(isrc)}?fmt=json&inc=artist-credits+tags+genres`;
      const answer = await policy.run({
        idempotent: true,
        signal,
        attempt: async (attemptSignal): Promise<RawAnswer | undefined> => {
          const said = await exchange('MusicBrainz', { method: 'GET', url: address, headers, signal: attemptSignal });
          if (said.status === 200) return said;
          // 400 is said to what does not look like an ISRC: not known there either.
          if (said.status === 404 || said.status === 400) return undefined;
          throw refusalOf('MusicBrainz', said, now());
        },
      });
      return answer && genresOf(answer);
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
