import { spotifyError } from './responses.ts';
import type { AccessToken, Person } from './state/state.ts';

/** An authenticated Web API request. */
export interface ApiRequest {
  readonly method: string;
  /** After `/v1`, without a trailing slash. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  readonly token: AccessToken;
  /** Undefined for client credentials. */
  readonly person: Person | undefined;
}

const BASE62_ID = /^[0-9A-Za-z]{22}$/;

/** A path parameter that must be a base62 id; 400 otherwise. */
export function idParam(request: ApiRequest, name = 'id'): string {
  const id = request.params[name] ?? '';
  if (!BASE62_ID.test(id)) throw spotifyError(400, 'Invalid base62 id');
  return id;
}

export function param(request: ApiRequest, name: string): string {
  return request.params[name] ?? '';
}

/** `limit` and `offset` within the endpoint's bounds; otherwise 400 with Spotify's message. */
export function pageBounds(
  request: ApiRequest,
  { usual, max, min = 1 }: { usual: number; max: number; min?: number },
): { offset: number; limit: number } {
  const limit = parseInteger(request.query.get('limit')) ?? usual;
  const offset = parseInteger(request.query.get('offset')) ?? 0;
  if (!(limit >= min && limit <= max)) throw spotifyError(400, 'Invalid limit');
  if (!(offset >= 0)) throw spotifyError(400, 'Invalid offset');
  return { offset, limit };
}

function parseInteger(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  return /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** The `ids` of a batch read; 400 when missing, invalid or more than `max`. */
export function idList(request: ApiRequest, max: number): string[] {
  const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw spotifyError(400, 'Invalid id');
  if (ids.length > max) throw spotifyError(400, 'Too many ids requested');
  if (ids.some((id) => !BASE62_ID.test(id))) throw spotifyError(400, 'Invalid base62 id');
  return ids;
}

/** The body as a JSON object; an empty body is an empty object. */
export function jsonBody(request: ApiRequest): Record<string, unknown> {
  if (request.body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(request.body.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return Object.fromEntries(Object.entries(parsed));
  } catch {
    throw spotifyError(400, 'Error parsing JSON.');
  }
  throw spotifyError(400, 'Error parsing JSON.');
}

/** The signed-in user; 401 for client credentials. */
export function personOf(request: ApiRequest): Person {
  if (!request.person) throw spotifyError(401, 'Invalid access token');
  return request.person;
}

/** Throws 403 unless one of the scopes was granted. */
export function requireScope(request: ApiRequest, ...anyOf: string[]): void {
  if (!anyOf.some((scope) => request.token.scopes.includes(scope))) throw spotifyError(403, 'Insufficient client scope');
}
