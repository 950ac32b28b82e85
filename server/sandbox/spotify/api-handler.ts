import { FORBIDDEN, json, NOT_FOUND, HttpError, spotifyError, text } from './responses.ts';
import type { HttpResponse } from './responses.ts';
import type { ApiRequest } from './api-request.ts';
import { CATALOG_ROUTES } from './endpoints/catalog-endpoints.ts';
import { ITEM_ROUTES } from './endpoints/item-endpoints.ts';
import { COVER_ROUTES } from './endpoints/cover-endpoints.ts';
import { LIBRARY_ROUTES } from './endpoints/library-endpoints.ts';
import { LISTENER_ROUTES } from './endpoints/listener-endpoints.ts';
import { SEARCH_ROUTE } from './endpoints/search-endpoint.ts';
import { PLAYLIST_ROUTES } from './endpoints/playlist-endpoints.ts';
import { createRouteTable } from './routes.ts';
import type { AccessToken, Person } from './state/state.ts';
import type { SandboxContext } from './state/sandbox-context.ts';

/** A request before authentication. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A response with the fields for the request log. */
export interface HandledRequest {
  readonly answer: HttpResponse;
  readonly route: string;
  readonly clientId: string | null;
  readonly personId: string | null;
}

const findRoute = createRouteTable([
  ...CATALOG_ROUTES,
  ...PLAYLIST_ROUTES,
  ...ITEM_ROUTES,
  ...COVER_ROUTES,
  ...LISTENER_ROUTES,
  ...LIBRARY_ROUTES,
  SEARCH_ROUTE,
]);

/** The route pattern of a request; empty when no route matches. */
export function routeOf(method: string, path: string): string {
  return findRoute(method, path)?.route.pattern ?? '';
}

const OWNER_PREMIUM =
  'Active premium subscription required for the owner of the app. When the subscription status changes, it can take a few hours before requests are allowed again.';

/** Handles a Web API request: token, rate limits, app rules, profile, then the endpoint. `path` is without `/v1`. */
export function handleApi(sandbox: SandboxContext, raw: RawRequest): HandledRequest {
  const matched = findRoute(raw.method, raw.path);
  const logFields = { clientId: null, personId: null, route: matched?.route.pattern ?? '' };
  try {
    const token = readToken(sandbox, raw);
    const { clientId, personId } = token;
    return { ...logFields, clientId, personId, answer: catchRefusal(() => handleAuthenticated(sandbox, raw, { token, matched })) };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { ...logFields, answer: error.answer };
  }
}

function catchRefusal(handle: () => HttpResponse): HttpResponse {
  try {
    return handle();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return error.answer;
  }
}

function handleAuthenticated(
  sandbox: SandboxContext,
  raw: RawRequest,
  { token, matched }: { token: AccessToken; matched: ReturnType<typeof findRoute> },
): HttpResponse {
  const bucket = matched?.route.bucket ?? 'other';
  const rateLimited = sandbox.limits.check({ clientId: token.clientId, bucket, now: sandbox.now() });
  if (rateLimited) return rateLimited;
  const person = token.personId === null ? undefined : sandbox.state.people.get(token.personId);
  const rejection = appRejection(sandbox, person);
  if (rejection) return rejection;
  if (!matched) return sandbox.profile === 'dev-2026' && REMOVED_2026.test(raw.path) ? FORBIDDEN : NOT_FOUND;
  const closed = matched.route.closed?.[sandbox.profile];
  if (closed) return closed;
  const { method, path, query, body } = raw;
  const request: ApiRequest = {
    method,
    path,
    params: matched.params,
    query,
    contentType: String(raw.headers['content-type'] ?? ''),
    body,
    token,
    person,
  };
  return matched.route.handle(sandbox, request);
}

/** Endpoints removed from development mode that the sandbox implements in no profile. */
const REMOVED_2026 =
  /^\/(markets|browse\/|users\/|me\/(tracks|albums|episodes|shows|audiobooks|following)|playlists\/[^/]+\/followers|(episodes|shows|audiobooks|chapters)$)/;

function readToken(sandbox: SandboxContext, raw: RawRequest): AccessToken {
  const header = raw.headers['authorization'];
  if (typeof header !== 'string' || header === '') throw spotifyError(401, 'No token provided');
  if (!header.startsWith('Bearer ')) throw spotifyError(400, 'Only valid bearer authentication supported');
  const token = sandbox.state.accessTokens.get(header.slice('Bearer '.length).trim());
  if (!token) throw spotifyError(401, 'Invalid access token');
  if (token.expiresAt <= sandbox.now()) throw spotifyError(401, 'The access token expired');
  return token;
}

function appRejection(sandbox: SandboxContext, person: Person | undefined): HttpResponse | undefined {
  if (!sandbox.switches.ownerHasPremium) return json(403, { error: { status: 403, message: OWNER_PREMIUM } });
  if (person && !person.allowListed && sandbox.profile !== 'extended') return text(403, 'User not registered in the Developer Dashboard');
  return undefined;
}
