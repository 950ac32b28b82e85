import { FORBIDDEN, json, NOT_FOUND, Refusal, refusal, text } from './answers.ts';
import type { Answer } from './answers.ts';
import type { ApiRequest } from './api-request.ts';
import { CATALOGUE_ROUTES } from './endpoints/catalog-endpoints.ts';
import { ITEM_ROUTES } from './endpoints/item-endpoints.ts';
import { COVER_ROUTES } from './endpoints/cover-endpoints.ts';
import { LIBRARY_ROUTES } from './endpoints/library-endpoints.ts';
import { LISTENER_ROUTES } from './endpoints/listener-endpoints.ts';
import { SEARCH_ROUTE } from './endpoints/search-endpoint.ts';
import { PLAYLIST_ROUTES } from './endpoints/playlist-endpoints.ts';
import { createRouteTable } from './routes.ts';
import type { AccessToken, Person } from './state/state.ts';
import type { World } from './state/world.ts';

/** A request before anything about it was believed. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What the log wants to know beside the answer. */
export interface Handled {
  readonly answer: Answer;
  readonly route: string;
  readonly clientId: string | null;
  readonly personId: string | null;
}

const findRoute = createRouteTable([
  ...CATALOGUE_ROUTES,
  ...PLAYLIST_ROUTES,
  ...ITEM_ROUTES,
  ...COVER_ROUTES,
  ...LISTENER_ROUTES,
  ...LIBRARY_ROUTES,
  SEARCH_ROUTE,
]);

/** The pattern of the endpoint that a request is for; empty when there is none. */
export function routeOf(method: string, path: string): string {
  return findRoute(method, path)?.route.pattern ?? '';
}

const OWNER_PREMIUM =
  'Active premium subscription required for the owner of the app. When the subscription status changes, it can take a few hours before requests are allowed again.';

/** One Web API request: token, limits, app rules, profile, then the endpoint. `path` comes after `/v1`. */
export function handleApi(world: World, raw: RawRequest): Handled {
  const found = findRoute(raw.method, raw.path);
  const who = { clientId: null, personId: null, route: found?.route.pattern ?? '' };
  try {
    const token = readToken(world, raw);
    const { clientId, personId } = token;
    return { ...who, clientId, personId, answer: answerOf(() => handleKnown(world, raw, { token, found })) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...who, answer: error.answer };
  }
}

function answerOf(handle: () => Answer): Answer {
  try {
    return handle();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.answer;
  }
}

function handleKnown(world: World, raw: RawRequest, { token, found }: { token: AccessToken; found: ReturnType<typeof findRoute> }): Answer {
  const bucket = found?.route.bucket ?? 'other';
  const limited = world.limits.check({ clientId: token.clientId, bucket, now: world.now() });
  if (limited) return limited;
  const person = token.personId === null ? undefined : world.state.people.get(token.personId);
  const refused = refusedByApp(world, person);
  if (refused) return refused;
  if (!found) return world.profile === 'dev-2026' && REMOVED_2026.test(raw.path) ? FORBIDDEN : NOT_FOUND;
  const closed = found.route.closed?.[world.profile];
  if (closed) return closed;
  const { method, path, query, body } = raw;
  const request: ApiRequest = {
    method,
    path,
    params: found.params,
    query,
    contentType: String(raw.headers['content-type'] ?? ''),
    body,
    token,
    person,
  };
  return found.route.handle(world, request);
}

/** Endpoints that development mode lost and that the sandbox has no counterpart for in any profile. */
const REMOVED_2026 =
  /^\/(markets|browse\/|users\/|me\/(tracks|albums|episodes|shows|audiobooks|following)|playlists\/[^/]+\/followers|(episodes|shows|audiobooks|chapters)$)/;

function readToken(world: World, raw: RawRequest): AccessToken {
  const header = raw.headers['authorization'];
  if (typeof header !== 'string' || header === '') throw refusal(401, 'No token provided');
  if (!header.startsWith('Bearer ')) throw refusal(400, 'Only valid bearer authentication supported');
  const token = world.state.accessTokens.get(header.slice('Bearer '.length).trim());
  if (!token) throw refusal(401, 'Invalid access token');
  if (token.expiresAt <= world.now()) throw refusal(401, 'The access token expired');
  return token;
}

function refusedByApp(world: World, person: Person | undefined): Answer | undefined {
  if (!world.switches.ownerHasPremium) return json(403, { error: { status: 403, message: OWNER_PREMIUM } });
  if (person && !person.allowListed && world.profile !== 'extended') return text(403, 'User not registered in the Developer Dashboard');
  return undefined;
}
