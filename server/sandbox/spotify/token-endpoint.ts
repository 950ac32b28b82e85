import { createHash, randomBytes } from 'node:crypto';
import { authRefusal, json } from './answers.ts';
import type { Answer } from './answers.ts';
import type { RefreshGrant } from './state.ts';
import type { World } from './world.ts';

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
export function token(world: World, authorization: string | undefined, form: URLSearchParams): Answer {
  const caller = identify(world, authorization, form);
  const grantType = form.get('grant_type');
  if (grantType === 'client_credentials') return clientCredentials(world, caller);
  if (grantType === 'authorization_code') return exchangeCode(world, caller, form);
  if (grantType === 'refresh_token') return refresh(world, caller, form);
  throw authRefusal(400, 'unsupported_grant_type', 'grant_type parameter is missing');
}

function identify(world: World, authorization: string | undefined, form: URLSearchParams): Caller {
  if (authorization === undefined) {
    const clientId = form.get('client_id') ?? '';
    if (clientId === '' || (world.client && world.client.id !== clientId)) throw authRefusal(400, 'invalid_client', 'Invalid client');
    return { clientId, isConfidential: false };
  }
  const [clientId = '', secret = ''] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString('utf8')
    .split(':');
  if (clientId === '' || secret === '' || (world.client && world.client.id !== clientId)) throw authRefusal(400, 'invalid_client', 'Invalid client');
  if (world.client?.secret !== undefined && world.client.secret !== secret) throw authRefusal(400, 'invalid_client', 'Invalid client secret');
  return { clientId, isConfidential: true };
}

function clientCredentials(world: World, caller: Caller): Answer {
  if (!caller.isConfidential) throw authRefusal(400, 'invalid_client', 'Invalid client secret');
  const accessToken = issueAccess(world, { clientId: caller.clientId, personId: null, scopes: [] });
  return json(200, { access_token: accessToken, token_type: 'Bearer', expires_in: ACCESS_LIFE_SECONDS });
}

function exchangeCode(world: World, caller: Caller, form: URLSearchParams): Answer {
  const code = world.state.codes.get(form.get('code') ?? '');
  if (!code || code.clientId !== caller.clientId || code.expiresAt <= world.now())
    throw authRefusal(400, 'invalid_grant', 'Invalid authorization code');
  if (code.redirectUri !== form.get('redirect_uri')) throw authRefusal(400, 'invalid_grant', 'Invalid redirect URI');
  if (code.challenge === null && !caller.isConfidential) throw authRefusal(400, 'invalid_request', 'code_verifier required');
  if (code.challenge !== null && challengeOf(form.get('code_verifier') ?? '') !== code.challenge)
    throw authRefusal(400, 'invalid_grant', 'code_verifier was incorrect');
  world.state.codes.delete(code.code);
  world.touch(['codes', code.code]);
  const grant = { clientId: code.clientId, personId: code.personId, scopes: code.scopes };
  const refreshToken = issueRefresh(world, { ...grant, authorizedAt: world.now(), pkce: !caller.isConfidential });
  return tokens(world, grant, refreshToken);
}

/** The PKCE challenge of a verifier; undefined when the verifier violates RFC 7636. */
function challengeOf(verifier: string): string | undefined {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) ? createHash('sha256').update(verifier).digest('base64url') : undefined;
}

function refresh(world: World, caller: Caller, form: URLSearchParams): Answer {
  const old = form.get('refresh_token') ?? '';
  const grant = world.state.refreshGrants.get(old);
  if (!grant || grant.clientId !== caller.clientId) throw authRefusal(400, 'invalid_grant', 'Invalid refresh token');
  if (!grant.pkce && !caller.isConfidential) throw authRefusal(400, 'invalid_client', 'Invalid client secret');
  if (grant.spent || refreshExpiry(grant.authorizedAt) <= world.now()) throw authRefusal(400, 'invalid_grant', 'Refresh token revoked');
  if (!grant.pkce || !world.switches.rotation) return tokens(world, grant, undefined);
  grant.spent = true;
  world.touch(['refreshGrants', old]);
  const { clientId, personId, scopes, authorizedAt, pkce } = grant;
  return tokens(world, grant, issueRefresh(world, { clientId, personId, scopes, authorizedAt, pkce }));
}

/** When the refresh tokens of this consent expire, in milliseconds since the epoch. */
export function refreshExpiry(authorizedAt: number): number {
  const date = new Date(authorizedAt);
  date.setUTCMonth(date.getUTCMonth() + REFRESH_LIFE_MONTHS);
  return date.getTime();
}

function tokens(world: World, grant: { clientId: string; personId: string; scopes: readonly string[] }, refreshToken: string | undefined): Answer {
  const { clientId, personId, scopes } = grant;
  const accessToken = issueAccess(world, { clientId, personId, scopes });
  const body = { access_token: accessToken, token_type: 'Bearer', scope: scopes.join(' '), expires_in: ACCESS_LIFE_SECONDS };
  return json(200, refreshToken === undefined ? body : { ...body, refresh_token: refreshToken });
}

function issueAccess(world: World, grant: { clientId: string; personId: string | null; scopes: readonly string[] }): string {
  const accessToken = `BQ${randomBytes(96).toString('base64url')}`;
  world.state.accessTokens.set(accessToken, { ...grant, expiresAt: world.now() + ACCESS_LIFE_SECONDS * 1000 });
  world.touch(['accessTokens', accessToken]);
  removeExpired(world);
  return accessToken;
}

function issueRefresh(world: World, grant: Omit<RefreshGrant, 'spent'>): string {
  const refreshToken = `AQ${randomBytes(96).toString('base64url')}`;
  world.state.refreshGrants.set(refreshToken, { ...grant, spent: false });
  world.touch(['refreshGrants', refreshToken]);
  return refreshToken;
}

/** Expired tokens are removed above this number. A spent refresh token is kept until its consent expires, so that its reuse is still detected. */
const TOKENS_MAX = 1000;

function removeExpired(world: World): void {
  const { accessTokens, codes, refreshGrants } = world.state;
  const now = world.now();
  if (accessTokens.size > TOKENS_MAX) for (const [key, { expiresAt }] of accessTokens) if (expiresAt <= now) accessTokens.delete(key);
  if (codes.size > TOKENS_MAX) for (const [key, { expiresAt }] of codes) if (expiresAt <= now) codes.delete(key);
  if (refreshGrants.size <= TOKENS_MAX) return;
  for (const [key, { authorizedAt, spent }] of refreshGrants) if (spent && refreshExpiry(authorizedAt) <= now) refreshGrants.delete(key);
}
