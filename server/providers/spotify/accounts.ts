import { AppError } from '#shared/errors.ts';
import { sendRequest, excerpt, parseResponse } from '../http.ts';
import type { RawResponse } from '../http.ts';
import type { AccountsService, TokenGrant } from '../ports.ts';
import type { Resilience } from '../resilience.ts';
import type { SpotifyGateway } from './gateway.ts';
import { toSpotifyError } from './spotify-errors.ts';
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

/** Spotify's accounts service, plus app tokens when the app has a client secret. */
export interface SpotifyAccounts extends AccountsService {
  readonly clientCredentials: ((signal: AbortSignal) => Promise<TokenGrant>) | undefined;
}

/** Creates the client for the accounts service. spotify-web-api-node is not used here: it lacks PKCE and does not encode redirect URIs. */
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
      requestToken(
        parts,
        { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...(verifier === undefined ? {} : { code_verifier: verifier }) },
        { signal, grantError: codeError },
      ),
    refresh: (refreshToken, signal) =>
      requestToken(parts, { grant_type: 'refresh_token', refresh_token: refreshToken }, { signal, grantError: reauthError }),
    identify: async (accessToken, signal) => {
      const answer = await gateway.call({ token: accessToken, bucket: 'me', idempotent: true, signal, send: ({ api }) => api.getMe() });
      const me = parseResponse('Spotify', meWire, answer);
      return { subject: me.account_id ?? me.id, userId: me.id, displayName: me.display_name ?? me.id, imageUrl: me.images?.[0]?.url ?? null };
    },
    clientCredentials:
      clientSecret === undefined
        ? undefined
        : (signal) => requestToken(parts, { grant_type: 'client_credentials' }, { signal, grantError: clientError }),
  };
}

interface TokenRequest {
  readonly signal: AbortSignal;
  /** Creates the error for `invalid_grant`. */
  readonly grantError: (vendorMessage: string) => AppError;
}

/** Never retried: codes are single-use, and refresh tokens can be too. */
async function requestToken(parts: AccountsParts, form: Record<string, string>, { signal, grantError }: TokenRequest): Promise<TokenGrant> {
  const { accountsOrigin, clientId, clientSecret, resilience, now } = parts;
  const isPublic = clientSecret === undefined;
  const body = new URLSearchParams(isPublic ? { ...form, client_id: clientId } : form).toString();
  const basic = isPublic ? {} : { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...basic };
  const answer = await resilience.run({
    idempotent: false,
    signal,
    attempt: async (attemptSignal) => {
      const response = await sendRequest('Spotify', { method: 'POST', url: `${accountsOrigin}/api/token`, headers, body, signal: attemptSignal });
      if (response.status < 300) return response;
      throw tokenError(response, now(), grantError);
    },
  });
  const grant = parseResponse('Spotify', tokenWire, answer);
  return {
    accessToken: grant.access_token,
    refreshToken: grant.refresh_token ?? undefined,
    expiresInSeconds: grant.expires_in,
    scopes: (grant.scope ?? '').split(' ').filter((scope) => scope !== ''),
  };
}

function tokenError(answer: RawResponse, now: Date, grantError: (vendorMessage: string) => AppError): AppError {
  const { error, error_description: vendorMessage } =
    answer.body !== null && typeof answer.body === 'object' ? ({ ...answer.body } as Record<string, unknown>) : {};
  if (error === 'invalid_grant') return grantError(typeof vendorMessage === 'string' ? vendorMessage : '');
  if (error === 'invalid_client' || answer.status === 401) return clientError(excerpt(answer.body));
  return toSpotifyError(answer, now);
}

function codeError(vendorMessage: string): AppError {
  return new AppError('invalid_input', {
    message: 'Spotify rejected this sign-in: it was already used, has expired, or was started elsewhere.',
    remedy: 'Start the sign-in again.',
    field: 'code',
    context: { kind: 'CodeRefused', vendorMessage },
  });
}

function reauthError(vendorMessage: string): AppError {
  return new AppError('reauth_required', {
    message: 'The authorization of this Spotify account expired after six months or was revoked.',
    remedy: 'Re-authorize the account.',
    context: { kind: 'ReauthRequired', vendorMessage },
  });
}

function clientError(vendorMessage: string): AppError {
  return new AppError('provider_rejected', {
    message: "Spotify rejected the app's client ID and secret.",
    remedy: 'Compare SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET with the Spotify dashboard.',
    context: { kind: 'AppRefused', vendorMessage },
  });
}
