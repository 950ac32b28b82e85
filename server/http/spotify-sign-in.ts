import { databaseUnavailable } from '#server/database/unavailable.ts';
import { depsOfPages } from '#server/deps.ts';
import type { Deps } from '#server/deps.ts';
import { beginReconnect } from '#server/use-cases/accounts/begin-reconnect.ts';
import { beginOwnAuthorization } from '#server/use-cases/accounts/begin-own-authorization.ts';
import { beginConnect, finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import type { ConnectRefusal } from '#server/use-cases/accounts/connect-account.ts';
import type { OauthRedirect } from '#server/use-cases/auth/begin-oauth.ts';
import type { OauthCallback } from '#server/use-cases/auth/finish-oauth.ts';
import { beginSignIn, finishSignIn } from '#server/use-cases/auth/sign-in-with-spotify.ts';
import type { SignInProblem } from '#shared/contracts/auth/sign-in-problems.ts';
import { reconnectTokenInput } from '#shared/contracts/accounts/accounts.ts';
import { AppError } from '#shared/errors.ts';
import { accountId } from '#shared/ids.ts';
import type { Request, Response } from 'express';
import { Router } from 'express';
import { readCookie, writeCookie } from './cookies.ts';
import { requestIdOf, sendError } from './errors.ts';
import { readJsonBody } from './request-body.ts';
import { requireIdentity } from './request-identity.ts';

/** Marks a request that was already redirected to the public URL, so that a proxy that rewrites Host cannot cause a redirect loop. */
const REDIRECTED = 'moved';
/** Enough for one token as JSON. */
const TOKEN_BODY = { bytesMax: 2_048, depthMax: 4, valuesMax: 10 };

/**
 * `/auth/spotify` signs a listener in; `/auth/spotify/connect` connects an account that hosts playlists, and `/auth/spotify/authorize` lets Segue
 * write a person's own playlists. Sign-in has its own callback; the other two share one. These five are GET, as OAuth requires, and respond with a
 * redirect; errors redirect to the page where the flow started. `/auth/spotify/reconnect` is POST, so that the secret of a reconnect link is never in a
 * URL that a proxy could log; it returns the URL to open.
 */
export function spotifySignInRoutes(allDeps: Deps): Router {
  // Sign-ins of one person wait for each other's locks, which the short limit of public pages would cut off.
  const deps = depsOfPages(allDeps, 'operator');
  const routes = Router();
  const { publicUrl } = deps.settings;
  routes.use('/auth', (request, response, next) => {
    response.set('cache-control', 'no-store');
    if (request.method === 'GET' || (request.method === 'POST' && request.path === '/spotify/reconnect')) return next();
    return sendError(
      response,
      new AppError('invalid_input', { message: 'Sign-in must start with a link.', remedy: 'Open this address in a browser.' }),
      405,
    );
  });
  routes.get('/auth/spotify', (request, response) =>
    begin(deps, { request, response }, () =>
      beginSignIn(deps, { returnTo: queryParam(request, 'returnTo'), browserSecret: readCookie(request, publicUrl, 'oauth') }),
    ),
  );
  routes.get('/auth/spotify/connect', (request, response) =>
    begin(deps, { request, response }, async () => {
      const actor = await requireIdentity(deps, request);
      return beginConnect(deps, actor, {
        accountId: accountId.safeParse(queryParam(request, 'account')).data,
        returnTo: queryParam(request, 'returnTo') ?? '/admin/accounts',
        browserSecret: readCookie(request, publicUrl, 'oauth'),
      });
    }),
  );
  routes.get('/auth/spotify/authorize', (request, response) =>
    begin(deps, { request, response }, async () => {
      const actor = await requireIdentity(deps, request);
      return beginOwnAuthorization(deps, actor, {
        returnTo: queryParam(request, 'returnTo'),
        browserSecret: readCookie(request, publicUrl, 'oauth'),
      });
    }),
  );
  routes.post('/auth/spotify/reconnect', (request, response) => sendAuthorizeUrl(deps, request, response));
  routes.get('/auth/spotify/callback', (request, response) =>
    redirecting(deps, response, async () => {
      const outcome = await finishSignIn(deps, { ...callbackInput(request, publicUrl), replaces: readCookie(request, publicUrl, 'sid') });
      if (outcome.kind === 'refused') return problemPage(outcome.problem);
      writeCookie(response, deps, { name: 'sid', value: outcome.session.secret, expires: outcome.session.expiresAt });
      return outcome.returnTo;
    }),
  );
  routes.get('/auth/spotify/connected', (request, response) =>
    redirecting(deps, response, async () => {
      const actor = await requireIdentity(deps, request);
      const outcome = await finishConnect(deps, actor, callbackInput(request, publicUrl));
      return outcome.kind === 'refused' ? refusalPage(outcome) : outcome.returnTo;
    }),
  );
  return routes;
}

async function begin(deps: Deps, exchange: { request: Request; response: Response }, start: () => Promise<OauthRedirect>): Promise<void> {
  const { request, response } = exchange;
  const { publicUrl } = deps.settings;
  await redirecting(deps, response, async () => {
    // Spotify redirects back to the public URL. A cookie set under another host name would not be sent there.
    if (request.headers.host !== new URL(publicUrl).host && queryParam(request, REDIRECTED) === undefined) return publicUrlFor(publicUrl, request);
    const beginning = await start();
    writeCookie(response, deps, { name: 'oauth', value: beginning.browserSecret, expires: beginning.expiresAt });
    return beginning.authorizeUrl;
  });
}

async function sendAuthorizeUrl(deps: Deps, request: Request, response: Response): Promise<void> {
  const { publicUrl } = deps.settings;
  const { token } = requireToken(await readJsonBody(request, TOKEN_BODY));
  const beginning = await beginReconnect(deps, { token, browserSecret: readCookie(request, publicUrl, 'oauth') });
  writeCookie(response, deps, { name: 'oauth', value: beginning.browserSecret, expires: beginning.expiresAt });
  response.json({ authorizeUrl: beginning.authorizeUrl });
}

function publicUrlFor(publicUrl: string, request: Request): string {
  const url = new URL(request.path, publicUrl);
  for (const name of ['returnTo', 'account']) {
    const value = queryParam(request, name);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  url.searchParams.set(REDIRECTED, '1');
  return url.href;
}

/** Redirects to the decided page. Errors redirect to a page that explains the problem, except that without a database no page could. */
async function redirecting(deps: Pick<Deps, 'log'>, response: Response, decide: () => Promise<string>): Promise<void> {
  const target = await decide().catch((error: unknown) => {
    if ((error instanceof AppError && error.code === 'unavailable') || databaseUnavailable(error)) throw error;
    const problem = problemOf(error);
    if (problem === 'unexpected') deps.log.error('a sign-in failed unexpectedly', { requestId: requestIdOf(response), error });
    return problemPage(problem);
  });
  response.redirect(302, target);
}

function problemOf(error: unknown): SignInProblem {
  if (!(error instanceof AppError)) return 'unexpected';
  if (error.code === 'unauthenticated' || error.code === 'forbidden') return 'not_admin';
  return error.code === 'invalid_input' ? 'address_not_allowed' : 'unexpected';
}

function problemPage(problem: SignInProblem): string {
  return `/sign-in?problem=${problem}`;
}

/** The page where the flow started: the owner of a reconnect link must not land on the operator's sign-in page. */
function refusalPage({ problem, begun, note }: ConnectRefusal): string {
  if (begun === undefined) return problemPage(problem);
  if (begun.purpose === 'authorize_own') return withProblem(begun.returnTo, problem);
  const page = begun.purpose === 'reconnect_account' ? '/reconnect' : '/admin/accounts';
  return `${page}?${new URLSearchParams({ problem, ...(note === undefined ? {} : { note }) }).toString()}`;
}

/** The page that asked for the authorization, told why it was not granted. */
function withProblem(returnTo: string, problem: SignInProblem): string {
  const url = new URL(returnTo, 'http://segue.invalid');
  url.searchParams.set('problem', problem);
  return `${url.pathname}${url.search}${url.hash}`;
}

function requireToken(body: unknown): { token: string } {
  const parsed = reconnectTokenInput.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_input', {
    message: 'The reconnect link is invalid.',
    remedy: 'Open the link exactly as you received it.',
    field: 'token',
  });
}

function callbackInput(request: Request, publicUrl: string): OauthCallback {
  const browserSecret = readCookie(request, publicUrl, 'oauth');
  return { code: queryParam(request, 'code'), state: queryParam(request, 'state'), error: queryParam(request, 'error'), browserSecret };
}

/** A query parameter given exactly once. */
function queryParam(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' ? value : undefined;
}
