import type { Env, TokenKey } from '#server/env.ts';

/** The settings after startup has filled in the embedded database, generated keys and vendor addresses. */
export type ReadyEnv = Env & {
  readonly DATABASE_URL: string;
  readonly PUBLIC_URL: string;
  readonly ADMIN_API_KEY: string;
  readonly SPOTIFY_CLIENT_ID: string;
  readonly SPOTIFY_API_URL: string;
  readonly SPOTIFY_ACCOUNTS_URL: string;
  readonly SPOTIFY_TOKEN_KEY: readonly TokenKey[];
  readonly RECCOBEATS_URL: string;
  readonly MUSICBRAINZ_URL: string;
  readonly GEMINI_URL: string;
  readonly STABILITY_URL: string;
};

export const SPOTIFY_API_URL = 'https://api.spotify.com';
const SPOTIFY_ACCOUNTS_URL = 'https://accounts.spotify.com';
export const RECCOBEATS_URL = 'https://api.reccobeats.com';
export const MUSICBRAINZ_URL = 'https://musicbrainz.org';
export const STABILITY_URL = 'https://api.stability.ai';
export const GEMINI_URL = 'https://generativelanguage.googleapis.com';

/** Fills in the public address of each vendor that is not set. */
export function withVendorAddresses(env: Env) {
  return {
    SPOTIFY_API_URL: env.SPOTIFY_API_URL ?? SPOTIFY_API_URL,
    SPOTIFY_ACCOUNTS_URL: env.SPOTIFY_ACCOUNTS_URL ?? SPOTIFY_ACCOUNTS_URL,
    RECCOBEATS_URL: env.RECCOBEATS_URL ?? RECCOBEATS_URL,
    MUSICBRAINZ_URL: env.MUSICBRAINZ_URL ?? MUSICBRAINZ_URL,
    GEMINI_URL: env.GEMINI_URL ?? GEMINI_URL,
    STABILITY_URL: env.STABILITY_URL ?? STABILITY_URL,
  };
}

/** True when Segue talks to something other than the real Spotify. Every page shows it; no use case depends on it. */
export function isSandbox(env: Pick<ReadyEnv, 'SPOTIFY_API_URL'>): boolean {
  return env.SPOTIFY_API_URL !== SPOTIFY_API_URL;
}
