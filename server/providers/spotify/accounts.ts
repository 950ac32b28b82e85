import { AppError } from '#shared/errors.ts';
import { exchange, excerpt, parseAnswer } from '../http.ts';
import type { RawAnswer } from '../http.ts';
import type { AccountsService, TokenGrant } from '../ports.ts';
import type { Resilience } from '../resilience.ts';
import type { SpotifyGateway } from './gateway.ts';
import { spotifyRefusal } from './refusals.ts';
import { meWire, tokenWire } from './wire.ts';

interface AccountsParts {
  /** Origin of the accounts service. */
  readonly accountsOrigin: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly gateway: SpotifyGateway;
  readonly resilience: Resilience;
  readonly now: () => Date;
}

/** Spotify's accounts service, and a token of the app itself where it has a secret. */
export interface SpotifyAccounts extends AccountsService {
  readonly clientCredentials: ((signal: AbortSignal) => Promise<TokenGrant>) | undefined;
}

/** Our own client: the library can neither PKCE nor encode a redirect address. */
export function createAccounts(parts: AccountsParts): SpotifyAccounts {
  const { accountsOrigin, clientId, clientSecret, gateway } = parts;
  return {
    app: clientId,
    isConfidential: clientSecret !== undefined,
    authorizeUrl: ({ state, challenge, scopes, redirectUri, showDialog }) => {
      const url = new URL(`${accountsOrigin}/authorize`);
      const query = { client_id: clientId, response_type: 'code', redirect_uri: redirectUri, scope: scopes.join(' '), state };
      const pkce = challenge === undefined ? {} : { code_challenge_method: 'S256', code_challenge: challenge };
      url.search = new URLSearchParams({ ...query, ...pkce, ...(showDialog ? { show_dialog: 'true' } : {}) }).toString();
      return url.href;
    },
    exchangeCode: ({ code, verifier, redirectUri }, signal) =>
      askForToken(
        parts,
        { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...(verifier === undefined ? {} : { code_verifier: verifier }) },
        { signal, refusedGrant: codeRefused },
      ),
    refresh: (refreshToken, signal) =>
      askForToken(parts, { grant_type: 'refresh_token', refresh_token: refreshToken }, { signal, refusedGrant: refreshTokenDead }),
    identify: async (accessToken, signal) => {
      const answer = await gateway.call({ token: accessToken, bucket: 'me', idempotent: true, signal, send: ({ api }) => api.getMe() });
      const me = parseAnswer('Spotify', meWire, answer);
      return { subject: me.account_id ?? me.id, userId: me.id, displayName: me.display_name ?? me.id, imageUrl: me.images?.[0]?.url ?? null };
    },
    clientCredentials:
      clientSecret === undefined
        ? undefined
        : (signal) => askForToken(parts, { grant_type: 'client_credentials' }, { signal, refusedGrant: appRefused }),
  };
}

interface TokenRequest {
  readonly signal: AbortSignal;
  /** What `invalid_grant` means for this grant. */
  readonly refusedGrant: (said: string) => AppError;
}

/** Never sent twice: a code is good once, and so may a refresh token be. */
async function askForToken(parts: AccountsParts, form: Record<string, string>, { signal, refusedGrant }: TokenRequest): Promise<TokenGrant> {
  const { accountsOrigin, clientId, clientSecret, resilience, now } = parts;
  const isPublic = clientSecret === undefined;
  const body = new URLSearchParams(isPublic ? { ...form, client_id: clientId } : form).toString();
  const basic = isPublic ? {} : { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...basic };
  const answer = await resilience.run({
    idempotent: false,
    signal,
    attempt: async (attemptSignal) => {
      const said = await exchange('Spotify', { method: 'POST', url: `${accountsOrigin}/api/token`, headers, body, signal: attemptSignal });
      if (said.status < 300) return said;
      throw tokenRefusal(said, now(), refusedGrant);
    },
  });
  const grant = parseAnswer('Spotify', tokenWire, answer);
  return {
    accessToken: grant.access_token,
    refreshToken: grant.refresh_token ?? undefined,
    expiresInSeconds: grant.expires_in,
    scopes: (grant.scope ?? '').split(' ').filter((scope) => scope !== ''),
  };
}

function tokenRefusal(answer: RawAnswer, now: Date, refusedGrant: (said: string) => AppError): AppError {
  const { error, error_description: said } =
    answer.body !== null && typeof answer.body === 'object' ? ({ ...answer.body } as Record<string, unknown>) : {};
  if (error === 'invalid_grant') return refusedGrant(typeof said === 'string' ? said : '');
  if (error === 'invalid_client' || answer.status === 401) return appRefused(excerpt(answer.body));
  return spotifyRefusal(answer, now);
}

function codeRefused(said: string): AppError {
  return new AppError('invalid_input', {
    message: 'Spotify did not accept this sign-in: it is used up, too old, or was begun elsewhere.',
    remedy: 'Start the sign-in again.',
    field: 'code',
    context: { kind: 'CodeRefused', said },
  });
}

function refreshTokenDead(said: string): AppError {
  return new AppError('reauth_required', {
    message: 'The permission to use this Spotify account has ended: it lasts six months, or was taken back.',
    remedy: 'Connect the account again.',
    context: { kind: 'ReauthRequired', said },
  });
}

function appRefused(said: string): AppError {
  return new AppError('provider_rejected', {
    message: "Spotify does not accept the app's client id and secret.",
    remedy: 'Compare SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET with the Spotify dashboard.',
    context: { kind: 'AppRefused', said },
  });
}
