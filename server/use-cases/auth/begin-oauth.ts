import type { Deps } from '#server/deps.ts';
import type { OauthAttempt } from '#server/repos/auth/oauth-attempts.ts';
import { insertOauthAttempt } from '#server/repos/auth/oauth-attempts.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { safeReturnPath } from './safe-return-path.ts';
import { digest, pkceChallenge } from './secrets.ts';

export type OauthDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'newSecret' | 'settings' | 'sealer' | 'spotifyAccounts'>;
export type OauthPurpose = OauthAttempt['purpose'];

/** Where to send the browser, and what it must return: the state in the URL, the secret in a cookie. */
export interface OauthRedirect {
  readonly authorizeUrl: string;
  readonly state: string;
  readonly browserSecret: string;
  readonly expiresAt: Date;
}

export interface OauthRequest {
  readonly returnTo?: string | undefined;
  /** The pre-login secret that this browser already has, so that two tabs can sign in at the same time. */
  readonly browserSecret?: string | undefined;
}

interface OauthStart extends OauthRequest {
  readonly scopes: readonly string[];
  /** The account that must authorize; any when absent. */
  readonly accountId?: AccountId | undefined;
}

/** How long an authorization may take. */
export const ATTEMPT_MS = 10 * 60_000;
const PREFIX = 'oauth_attempts|sealed_verifier|';
/** The alphabet of PKCE and `newSecret`; any other cookie value is not ours. */
const SECRET = /^[\w-]{22,128}$/;

/**
 * Starts an OAuth authorization and stores it for ten minutes: its state as a hash, its PKCE verifier encrypted and bound to that hash, its browser
 * by a cookie. Sign-in always uses PKCE; a service account only where the app has no secret, because PKCE makes refresh tokens rotate. Throws
 * `invalid_input` when Spotify would refuse our redirect URI.
 */
export async function beginOauth(deps: OauthDeps, purpose: OauthPurpose, request: OauthStart): Promise<OauthRedirect> {
  const redirectUri = redirectUriFor(deps, purpose);
  if (!isAllowedRedirect(redirectUri)) {
    throw new AppError('invalid_input', {
      message: 'Spotify refuses this redirect address: it must use https, or http on 127.0.0.1.',
      remedy: 'Set PUBLIC_URL to an https address, or to http://127.0.0.1 with the port.',
      context: { redirectUri },
    });
  }
  const isPkce = purpose === 'sign_in' || !deps.spotifyAccounts.isConfidential;
  const [state, verifier] = [deps.newSecret(), isPkce ? `${deps.newSecret()}${deps.newSecret()}` : ''];
  const browserSecret = SECRET.test(request.browserSecret ?? '') ? String(request.browserSecret) : deps.newSecret();
  const expiresAt = new Date(deps.now().getTime() + ATTEMPT_MS);
  const stateHash = digest(state);
  await insertOauthAttempt(deps.db, {
    stateHash,
    browserHash: digest(browserSecret),
    purpose,
    sealedVerifier: deps.sealer.seal(verifier, verifierOwner(stateHash)),
    returnTo: safeReturnPath(request.returnTo),
    expiresAt,
    accountId: request.accountId ?? null,
  });
  const showDialog = purpose !== 'sign_in';
  const authorizeUrl = deps.spotifyAccounts.authorizeUrl({
    state,
    challenge: isPkce ? pkceChallenge(verifier) : undefined,
    scopes: request.scopes,
    redirectUri,
    showDialog,
  });
  return { authorizeUrl, state, browserSecret, expiresAt };
}

/** Sign-in has its own callback path, so that its answer cannot connect an account, nor the other way round. */
export function redirectUriFor(deps: Pick<Deps, 'settings'>, purpose: OauthPurpose): string {
  return purpose === 'sign_in' ? deps.settings.spotifyRedirectUri : new URL('/auth/spotify/connected', deps.settings.publicUrl).href;
}

/** The owner string that the encrypted verifier of an attempt is bound to. */
export function verifierOwner(stateHash: string): string {
  return `${PREFIX}${stateHash}`;
}

function isAllowedRedirect(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]'));
}
