const MINUTE_MS = 60_000;

/** Every vendor the house knows how to treat, whether or not one is connected. */
export const VENDORS = ['spotify', 'reccobeats', 'musicbrainz', 'gemini', 'stability'] as const;
export type Vendor = (typeof VENDORS)[number];

interface VendorDefaults {
  /** What people call it. */
  readonly name: string;
  /** Requests in any minute at the vendor's public address; null where only its own answers set the pace. */
  readonly requestsPerMinute: number | null;
  /** So many calls in a row fail before nobody asks it any more, for so long. */
  readonly breaker: { readonly failures: number; readonly openMs: number };
}

const SHORTLY = { failures: 5, openMs: 30_000 } as const;

/** How each vendor is treated unless VENDOR_REQUESTS_PER_MINUTE says otherwise: the one table of budgets and breakers. */
export const VENDOR_DEFAULTS: Readonly<Record<Vendor, VendorDefaults>> = {
  // Spotify publishes no number. Its outages last, and asking through one is held against the app.
  spotify: { name: 'Spotify', requestsPerMinute: 100, breaker: { failures: 5, openMs: 10 * MINUTE_MS } },
  reccobeats: { name: 'ReccoBeats', requestsPerMinute: null, breaker: SHORTLY },
  // What MusicBrainz asks of everybody at its public address: one request a second.
  musicbrainz: { name: 'MusicBrainz', requestsPerMinute: 60, breaker: SHORTLY },
  gemini: { name: 'Gemini', requestsPerMinute: 60, breaker: SHORTLY },
  stability: { name: 'Stability', requestsPerMinute: 10, breaker: SHORTLY },
};
