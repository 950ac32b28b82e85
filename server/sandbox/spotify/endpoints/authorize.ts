import { randomBytes } from 'node:crypto';
import { text } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import { consentPage } from './consent-page.ts';
import { isAllowedRedirect, isRegisteredRedirect } from '../redirect-uris.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** Authorization codes are valid for ten minutes. */
const CODE_LIFE_MS = 10 * 60_000;

const NOT_REGISTERED = 'This redirect URI is not registered. Start the sandbox with --redirect URI.';
const HTML = 'text/html; charset=utf-8';

/**
 * Handles `GET /authorize`. A wrong app or redirect URI gets an error page, never a redirect. `sandbox_user` and `sandbox_consent=yes|no` answer the
 * consent page directly, for tests and seeding: only for a registered redirect URI, and not when another site's page leads here.
 */
export function authorize(sandbox: SandboxContext, query: URLSearchParams, from: { readonly isCrossSite: boolean }): HttpResponse {
  const clientId = query.get('client_id') ?? '';
  const redirectUri = query.get('redirect_uri') ?? '';
  if (clientId === '' || (sandbox.client?.id !== undefined && sandbox.client.id !== clientId))
    return text(400, 'INVALID_CLIENT: Invalid client', HTML);
  if (!isAllowedRedirect(redirectUri, sandbox.client)) return text(400, 'INVALID_CLIENT: Invalid redirect URI', HTML);
  const redirectWith = (outcome: Record<string, string>) => redirect(redirectUri, { ...outcome, ...stateOf(query) });
  if (query.get('response_type') !== 'code') return redirectWith({ error: 'unsupported_response_type' });
  const challenge = query.get('code_challenge');
  if (challenge !== null && (query.get('code_challenge_method') !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(challenge)))
    return redirectWith({ error: 'invalid_request' });
  const person = sandbox.state.people.get(query.get('sandbox_user') ?? '');
  if (!person || !query.has('sandbox_consent') || from.isCrossSite) return text(200, consentPage(sandbox, query), HTML);
  if (query.get('sandbox_consent') !== 'yes') return redirectWith({ error: 'access_denied' });
  if (!isRegisteredRedirect(redirectUri, sandbox.client)) return text(400, NOT_REGISTERED, HTML);
  const scopes = (query.get('scope') ?? '').split(/[\s+]+/).filter((scope) => scope !== '');
  const code = `AQ${randomBytes(96).toString('base64url')}`;
  sandbox.state.codes.set(code, { code, clientId, personId: person.id, scopes, redirectUri, challenge, expiresAt: sandbox.now() + CODE_LIFE_MS });
  sandbox.persist(['codes', code]);
  return redirectWith({ code });
}

function stateOf(query: URLSearchParams): Record<string, string> {
  const state = query.get('state');
  return state === null ? {} : { state };
}

function redirect(to: string, params: Record<string, string>): HttpResponse {
  const url = new URL(to);
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href } };
}
