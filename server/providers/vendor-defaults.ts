import { MINUTE_MS } from '#shared/domain/calendar.ts';

/** Every supported vendor, in use or not. */
export const VENDORS = ['spotify', 'reccobeats', 'musicbrainz', 'gemini', 'stability', 'fal'] as const;
export type Vendor = (typeof VENDORS)[number];

interface VendorDefaults {
  /** Display name. */
  readonly name: string;
  /** Requests a minute at the vendor's public address; null when only the vendor's rate limits apply. */
  readonly requestsPerMinute: number | null;
  /** After `failures` failed calls in a row the breaker opens for `openMs`. */
  readonly breaker: { readonly failures: number; readonly openMs: number };
}

const SHORT_BREAK = { failures: 5, openMs: 30_000 } as const;

/** Default budgets and breakers of all vendors. VENDOR_REQUESTS_PER_MINUTE overrides the budgets. */
export const VENDOR_DEFAULTS: Readonly<Record<Vendor, VendorDefaults>> = {
  // Spotify publishes no limit. Its outages are long, and requests during one count against the app.
  spotify: { name: 'Spotify', requestsPerMinute: 100, breaker: { failures: 5, openMs: 10 * MINUTE_MS } },
  reccobeats: { name: 'ReccoBeats', requestsPerMinute: null, breaker: SHORT_BREAK },
  // MusicBrainz allows one request a second at its public address.
  musicbrainz: { name: 'MusicBrainz', requestsPerMinute: 60, breaker: SHORT_BREAK },
  gemini: { name: 'Gemini', requestsPerMinute: 60, breaker: SHORT_BREAK },
  stability: { name: 'Stability', requestsPerMinute: 10, breaker: SHORT_BREAK },
  // fal limits concurrent requests, not their rate.
  fal: { name: 'fal', requestsPerMinute: null, breaker: SHORT_BREAK },
};
