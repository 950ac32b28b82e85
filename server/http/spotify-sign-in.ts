import type { Deps } from '#server/deps.ts';
import { beginConnect, finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import type { OauthBeginning } from '#server/use-cases/auth/begin-oauth.ts';
import type { OauthAnswer } from '#server/use-cases/auth/finish-oauth.ts';
import { beginSignIn, finishSignIn } from '#server/use-cases/auth/sign-in-with-spotify.ts';
import type { SignInProblem } from '#shared/contracts/sign-in-problems.ts';
import { AppError } from '#shared/errors.ts';
import type { Request, Response } from 'express';
import { Router } from 'express';
import { readCookie, writeCookie } from './cookies.ts';
import { requestIdOf, sendError } from './errors.ts';
import { requireIdentity } from './request-identity.ts';

/** Marks an address that was already moved to the public one, so that a proxy which rewrites Host cannot make a loop. */
const MOVED = 'moved';

/**
 * `/auth/spotify` signs a person in, `/auth/spotify/connect` lends an account to the network; each has its own way back. All four are GET
 * because OAuth is; each answers with a redirect, and a refusal goes to `/sign-in?problem=…`.
 */
export function spotifySignInRoutes(deps: Deps): Router {
  const routes = Router();
  const { publicUrl } = deps.settings;
  routes.use('/auth', (request, response, next) => {
    response.set('cache-control', 'no-store');
    if (request.method === 'GET') return next();
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
        returnTo: textOf(request, 'returnTo') ?? '/admin/accounts',
        browserSecret: readCookie(request, publicUrl, 'oauth'),
      });
    }),
  );
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
      return outcome.kind === 'refused' ? problemPage(outcome.problem) : outcome.returnTo;
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

function movedTo(publicUrl: string, request: Request): string {
  const url = new URL(request.path, publicUrl);
  const returnTo = textOf(request, 'returnTo');
  if (returnTo !== undefined) url.searchParams.set('returnTo', returnTo);
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

function answerOf(request: Request, publicUrl: string): OauthAnswer {
  const browserSecret = readCookie(request, publicUrl, 'oauth');
  return { code: textOf(request, 'code'), state: textOf(request, 'state'), error: textOf(request, 'error'), browserSecret };
}

/** A query parameter given exactly once. */
function textOf(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' ? value : undefined;
}
