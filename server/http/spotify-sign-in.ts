import type { Deps } from '#server/deps.ts';
import { beginReconnect } from '#server/use-cases/accounts/begin-reconnect.ts';
import { beginConnect, finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import type { ConnectRefused } from '#server/use-cases/accounts/connect-account.ts';
import type { OauthBeginning } from '#server/use-cases/auth/begin-oauth.ts';
import type { OauthAnswer } from '#server/use-cases/auth/finish-oauth.ts';
import { beginSignIn, finishSignIn } from '#server/use-cases/auth/sign-in-with-spotify.ts';
import type { SignInProblem } from '#shared/contracts/auth/sign-in-problems.ts';
import { reconnectTokenInput } from '#shared/contracts/accounts/accounts.ts';
import { AppError } from '#shared/errors.ts';
import { accountId } from '#shared/ids.ts';
import type { Request, Response } from 'express';
import express, { Router } from 'express';
import { readCookie, writeCookie } from './cookies.ts';
import { requestIdOf, sendError } from './errors.ts';
import { requireIdentity } from './request-identity.ts';

/** Marks an address that was already moved to the public one, so that a proxy which rewrites Host cannot make a loop. */
const MOVED = 'moved';
/** A token and some JSON around it. */
const BODY_MAX = '2kb';

/**
 * `/auth/spotify` signs a person in, `/auth/spotify/connect` lends an account to the network; each has its own way back. All four are GET
 * because OAuth is; each answers with a redirect, and a refusal goes to the page that began it. `/auth/spotify/reconnect` is POST, so that the
 * secret of a reconnect link never stands in an address that a proxy could log; it answers with the address to go to.
 */
export function spotifySignInRoutes(deps: Deps): Router {
  const routes = Router();
  const { publicUrl } = deps.settings;
  routes.use('/auth', (request, response, next) => {
    response.set('cache-control', 'no-store');
    if (request.method === 'GET' || (request.method === 'POST' && request.path === '/spotify/reconnect')) return next();
    return sendError(
      response,
      new AppError('invalid_input', { message: 'Signing in begins with a link.', remedy: 'Open this address in a browser.' }),
      405,
    );
  });
  routes.get('/auth/spotify', (request, response) =>
    begin(deps, { request, response }, () =>
      beginSignIn(deps, { returnTo: textOf(request, 'returnTo'), browserSecret: readCookie(request, publicUrl, 'oauth') }),
    ),
  );
  routes.get('/auth/spotify/connect', (request, response) =>
    begin(deps, { request, response }, async () => {
      const actor = await requireIdentity(deps, request);
      return beginConnect(deps, actor, {
        accountId: accountId.safeParse(textOf(request, 'account')).data,
        returnTo: textOf(request, 'returnTo') ?? '/admin/accounts',
        browserSecret: readCookie(request, publicUrl, 'oauth'),
      });
    }),
  );
  routes.post('/auth/spotify/reconnect', express.json({ limit: BODY_MAX }), (request, response) => answerWithAddress(deps, request, response));
  routes.get('/auth/spotify/callback', (request, response) =>
    redirecting(deps, response, async () => {
      const outcome = await finishSignIn(deps, { ...answerOf(request, publicUrl), replaces: readCookie(request, publicUrl, 'sid') });
      if (outcome.kind === 'refused') return problemPage(outcome.problem);
      writeCookie(response, publicUrl, { name: 'sid', value: outcome.session.secret, expires: outcome.session.expiresAt });
      return outcome.returnTo;
    }),
  );
  routes.get('/auth/spotify/connected', (request, response) =>
    redirecting(deps, response, async () => {
      const actor = await requireIdentity(deps, request);
      const outcome = await finishConnect(deps, actor, answerOf(request, publicUrl));
      return outcome.kind === 'refused' ? refusalPage(outcome) : outcome.returnTo;
    }),
  );
  return routes;
}

async function begin(deps: Deps, exchange: { request: Request; response: Response }, start: () => Promise<OauthBeginning>): Promise<void> {
  const { request, response } = exchange;
  const { publicUrl } = deps.settings;
  await redirecting(deps, response, async () => {
    // Spotify sends people back to the public address; begun under another name, their cookie would not come along.
    if (request.headers.host !== new URL(publicUrl).host && textOf(request, MOVED) === undefined) return movedTo(publicUrl, request);
    const beginning = await start();
    writeCookie(response, publicUrl, { name: 'oauth', value: beginning.browserSecret, expires: beginning.expiresAt });
    return beginning.authorizeUrl;
  });
}

async function answerWithAddress(deps: Deps, request: Request, response: Response): Promise<void> {
  const { publicUrl } = deps.settings;
  const { token } = requireToken(request.body);
  const beginning = await beginReconnect(deps, { token, browserSecret: readCookie(request, publicUrl, 'oauth') });
  writeCookie(response, publicUrl, { name: 'oauth', value: beginning.browserSecret, expires: beginning.expiresAt });
  response.json({ authorizeUrl: beginning.authorizeUrl });
}

function movedTo(publicUrl: string, request: Request): string {
  const url = new URL(request.path, publicUrl);
  for (const name of ['returnTo', 'account']) {
    const value = textOf(request, name);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  url.searchParams.set(MOVED, '1');
  return url.href;
}

/** People in the middle of signing in see a page with a sentence, never a bare error. */
async function redirecting(deps: Pick<Deps, 'log'>, response: Response, decide: () => Promise<string>): Promise<void> {
  const target = await decide().catch((error: unknown) => {
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

/** Back to where it began: the owner of a reconnect link has no business on the operator's sign-in page. */
function refusalPage({ problem, begun, note }: ConnectRefused): string {
  if (begun === undefined) return problemPage(problem);
  const page = begun.purpose === 'reconnect_account' ? '/reconnect' : '/admin/accounts';
  return `${page}?${new URLSearchParams({ problem, ...(note === undefined ? {} : { note }) }).toString()}`;
}

function requireToken(body: unknown): { token: string } {
  const parsed = reconnectTokenInput.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_input', { message: 'A reconnect link belongs here.', remedy: 'Open the link as it was sent.', field: 'token' });
}

function answerOf(request: Request, publicUrl: string): OauthAnswer {
  const browserSecret = readCookie(request, publicUrl, 'oauth');
  return { code: textOf(request, 'code'), state: textOf(request, 'state'), error: textOf(request, 'error'), browserSecret };
}

/** A query parameter given exactly once. */
function textOf(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' ? value : undefined;
}
