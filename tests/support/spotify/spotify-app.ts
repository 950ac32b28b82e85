import type { RequestBudget } from '#server/providers/ports.ts';
import { createSpotify } from '#server/providers/spotify/create-spotify.ts';
import type { SpotifyConfig } from '#server/providers/spotify/create-spotify.ts';
import { startSpotifySandbox } from '#server/sandbox/spotify/server.ts';
import type { SpotifySandboxOptions } from '#server/sandbox/spotify/server.ts';
import { spotifyAlbumId } from '#shared/ids.ts';
import { createHash } from 'node:crypto';

export const ALL_SCOPES = ['playlist-read-private', 'playlist-modify-private', 'playlist-modify-public'];
const VERIFIER = 'a-verifier-of-the-right-length-for-rfc-7636-tests';
const REDIRECT_URI = 'http://127.0.0.1:3000/auth/spotify/callback';

/** A request budget without a limit that records its calls. */
export function createUnlimitedBudget(): RequestBudget & { taken: number; readonly blocks: { forMs: number; why: string }[] } {
  return {
    taken: 0,
    blocks: [],
    async take() {
      this.taken += 1;
    },
    async block(forMs, why) {
      this.blocks.push({ forMs, why });
    },
  };
}

/** The real Spotify adapter against its own sandbox, with short retry delays. */
export async function startSpotifyApp(sandboxOptions: SpotifySandboxOptions = {}, config: Partial<SpotifyConfig> = {}) {
  const sandbox = await startSpotifySandbox({ catalog: { albums: 200, seed: 7 }, ...sandboxOptions });
  const budget = createUnlimitedBudget();
  const spotify = createSpotify({
    apiUrl: sandbox.apiUrl,
    accountsUrl: sandbox.accountsUrl,
    clientId: 'segue-test',
    clientSecret: 'segue-secret',
    profile: sandboxOptions.profile ?? 'dev-2026',
    budget,
    now: () => new Date(),
    resilience: { firstDelayMs: 1 },
    ...config,
  });
  const { catalog } = sandbox.control;
  const albumAt = (index: number) => spotifyAlbumId.parse(catalog.albumIdAt(index));
  /** A person consents on Spotify; returns the unused authorization code. */
  const consent = async (person: string, scopes: readonly string[] = ALL_SCOPES) => {
    const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
    const page = new URL(spotify.accounts.authorizeUrl({ state: 'a state & more', challenge, scopes, redirectUri: REDIRECT_URI }));
    page.searchParams.set('sandbox_user', person);
    page.searchParams.set('sandbox_consent', 'yes');
    const callback = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '');
    return {
      code: callback.searchParams.get('code') ?? '',
      state: callback.searchParams.get('state'),
      verifier: VERIFIER,
      redirectUri: REDIRECT_URI,
    };
  };
  return {
    spotify,
    sandbox,
    budget,
    signal: new AbortController().signal,
    albumAt,
    urisAt: (from: number, count: number) =>
      Array.from({ length: 200 }, (_, i) => catalog.album(albumAt(i))?.tracks ?? [])
        .flat()
        .slice(from, from + count)
        .map(({ id }) => `spotify:track:${id}`),
    agree: consent,
    signIn: async (person: string, scopes: readonly string[] = ALL_SCOPES) => {
      const { state, ...exchange } = await consent(person, scopes);
      return { exchange, state, grant: await spotify.accounts.exchangeCode(exchange, new AbortController().signal) };
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}
