import { createHash, randomBytes } from 'node:crypto';
import { oauthError, json } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import type { RefreshGrant } from '../state/state.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** Access tokens are valid for one hour. */
const ACCESS_LIFE_SECONDS = 3600;
/** Refresh tokens are valid for six months from the user's consent; refreshing does not extend this. */
export const REFRESH_LIFE_MONTHS = 6;

interface Caller {
  readonly clientId: string;
  /** True when the app authenticated with its secret. */
  readonly isConfidential: boolean;
}

/** Handles `POST /api/token` with a form body. */
export function handleToken(sandbox: SandboxContext, authorization: string | undefined, form: URLSearchParams): HttpResponse {
  const caller = identify(sandbox, authorization, form);
  const grantType = form.get('grant_type');
  if (grantType === 'client_credentials') return clientCredentials(sandbox, caller);
  if (grantType === 'authorization_code') return exchangeCode(sandbox, caller, form);
  if (grantType === 'refresh_token') return refresh(sandbox, caller, form);
  throw oauthError(400, 'unsupported_grant_type', 'grant_type parameter is missing');
}

function identify(sandbox: SandboxContext, authorization: string | undefined, form: URLSearchParams): Caller {
  if (authorization === undefined) {
    const clientId = form.get('client_id') ?? '';
    if (clientId === '' || (sandbox.client?.id !== undefined && sandbox.client.id !== clientId))
      throw oauthError(400, 'invalid_client', 'Invalid client');
    return { clientId, isConfidential: false };
  }
  const [clientId = '', secret = ''] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString('utf8')
    .split(':');
  if (clientId === '' || secret === '' || (sandbox.client?.id !== undefined && sandbox.client.id !== clientId))
    throw oauthError(400, 'invalid_client', 'Invalid client');
  if (sandbox.client?.secret !== undefined && sandbox.client.secret !== secret) throw oauthError(400, 'invalid_client', 'Invalid client secret');
  return { clientId, isConfidential: true };
}

function clientCredentials(sandbox: SandboxContext, caller: Caller): HttpResponse {
  if (!caller.isConfidential) throw oauthError(400, 'invalid_client', 'Invalid client secret');
  const accessToken = issueAccess(sandbox, { clientId: caller.clientId, personId: null, scopes: [] });
  return json(200, { access_token: accessToken, token_type: 'Bearer', expires_in: ACCESS_LIFE_SECONDS });
}

function exchangeCode(sandbox: SandboxContext, caller: Caller, form: URLSearchParams): HttpResponse {
  const code = sandbox.state.codes.get(form.get('code') ?? '');
  if (!code || code.clientId !== caller.clientId || code.expiresAt <= sandbox.now())
    throw oauthError(400, 'invalid_grant', 'Invalid authorization code');
  if (code.redirectUri !== form.get('redirect_uri')) throw oauthError(400, 'invalid_grant', 'Invalid redirect URI');
  if (code.challenge === null && !caller.isConfidential) throw oauthError(400, 'invalid_request', 'code_verifier required');
  if (code.challenge !== null && challengeOf(form.get('code_verifier') ?? '') !== code.challenge)
    throw oauthError(400, 'invalid_grant', 'code_verifier was incorrect');
  sandbox.state.codes.delete(code.code);
  sandbox.persist(['codes', code.code]);
  const grant = { clientId: code.clientId, personId: code.personId, scopes: code.scopes };
  const refreshToken = issueRefresh(sandbox, { ...grant, authorizedAt: sandbox.now(), pkce: !caller.isConfidential });
  return tokens(sandbox, grant, refreshToken);
}

/** The PKCE challenge of a verifier; undefined when the verifier violates RFC 7636. */
function challengeOf(verifier: string): string | undefined {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) ? createHash('sha256').update(verifier).digest('base64url') : undefined;
}

function refresh(sandbox: SandboxContext, caller: Caller, form: URLSearchParams): HttpResponse {
  const old = form.get('refresh_token') ?? '';
  const grant = sandbox.state.refreshGrants.get(old);
  if (!grant || grant.clientId !== caller.clientId) throw oauthError(400, 'invalid_grant', 'Invalid refresh token');
  if (!grant.pkce && !caller.isConfidential) throw oauthError(400, 'invalid_client', 'Invalid client secret');
  if (grant.spent || refreshExpiry(grant.authorizedAt) <= sandbox.now()) throw oauthError(400, 'invalid_grant', 'Refresh token revoked');
  if (!grant.pkce || !sandbox.switches.rotation) return tokens(sandbox, grant, undefined);
  grant.spent = true;
  sandbox.persist(['refreshGrants', old]);
  const { clientId, personId, scopes, authorizedAt, pkce } = grant;
  return tokens(sandbox, grant, issueRefresh(sandbox, { clientId, personId, scopes, authorizedAt, pkce }));
}

/** When the refresh tokens of this consent expire, in milliseconds since the epoch. */
export function refreshExpiry(authorizedAt: number): number {
  const date = new Date(authorizedAt);
  date.setUTCMonth(date.getUTCMonth() + REFRESH_LIFE_MONTHS);
  return date.getTime();
}

function tokens(
  sandbox: SandboxContext,
  grant: { clientId: string; personId: string; scopes: readonly string[] },
  refreshToken: string | undefined,
): HttpResponse {
  const { clientId, personId, scopes } = grant;
  const accessToken = issueAccess(sandbox, { clientId, personId, scopes });
  const body = { access_token: accessToken, token_type: 'Bearer', scope: scopes.join(' '), expires_in: ACCESS_LIFE_SECONDS };
  return json(200, refreshToken === undefined ? body : { ...body, refresh_token: refreshToken });
}

function issueAccess(sandbox: SandboxContext, grant: { clientId: string; personId: string | null; scopes: readonly string[] }): string {
  const accessToken = `BQ${randomBytes(96).toString('base64url')}`;
  sandbox.state.accessTokens.set(accessToken, { ...grant, expiresAt: sandbox.now() + ACCESS_LIFE_SECONDS * 1000 });
  sandbox.persist(['accessTokens', accessToken]);
  removeExpired(sandbox);
  return accessToken;
}

function issueRefresh(sandbox: SandboxContext, grant: Omit<RefreshGrant, 'spent'>): string {
  const refreshToken = `AQ${randomBytes(96).toString('base64url')}`;
  sandbox.state.refreshGrants.set(refreshToken, { ...grant, spent: false });
  sandbox.persist(['refreshGrants', refreshToken]);
  return refreshToken;
}

/** Expired tokens are removed above this number. A spent refresh token is kept until its consent expires, so that its reuse is still detected. */
const TOKENS_MAX = 1000;

function removeExpired(sandbox: SandboxContext): void {
  const { accessTokens, codes, refreshGrants } = sandbox.state;
  const now = sandbox.now();
  if (accessTokens.size > TOKENS_MAX) for (const [key, { expiresAt }] of accessTokens) if (expiresAt <= now) accessTokens.delete(key);
  if (codes.size > TOKENS_MAX) for (const [key, { expiresAt }] of codes) if (expiresAt <= now) codes.delete(key);
  if (refreshGrants.size <= TOKENS_MAX) return;
  for (const [key, { authorizedAt, spent }] of refreshGrants) if (spent && refreshExpiry(authorizedAt) <= now) refreshGrants.delete(key);
}
