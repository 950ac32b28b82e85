import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import SpotifyWebApi from 'spotify-web-api-node';
import { sendRequest } from '../http.ts';
import type { RawResponse } from '../http.ts';

/**
 * spotify-web-api-node 5.0.2 has fixed hosts and no timeout, and never settles on an error body of `null`. All its requests go through one function,
 * which is replaced here once per process. A call gives the library a name in place of the access token; a request with such a name uses Segue's
 * transport with the origin, token and signal of its call, and any other request is unchanged. (AsyncLocalStorage would slow every promise of the process.)
 */
interface Scope {
  readonly token: string;
  /** Origin used in place of https://api.spotify.com. */
  readonly apiOrigin: string;
  readonly signal: AbortSignal;
}

interface LibraryRequestOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/** The type of the library function that is replaced. */
type MakeRequest = (
  ...call: [verb: unknown, options: LibraryRequestOptions, uri: string, callback: (error: unknown, answer?: LibraryResponse) => void]
) => void;

type Execute = (method: unknown) => Promise<LibraryResponse>;
interface RequestBuilder {
  withPath(path: string): RequestBuilder;
  withHeaders(headers: Record<string, string>): RequestBuilder;
  withQueryParameters(query: Record<string, string | number>): RequestBuilder;
  withBodyParameters(body: Record<string, unknown>): RequestBuilder;
  build(): { execute: Execute };
}

/** What the library resolves with. On Segue's transport it resolves for any status. */
export interface LibraryResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The library with one access token: its own methods, and its request builder for endpoints that it does not support. */
export interface Library {
  readonly api: SpotifyWebApi;
  send(
    verb: 'get' | 'post' | 'put' | 'del',
    request: { path: string; query?: Record<string, string | number>; json?: Record<string, unknown> },
  ): Promise<LibraryResponse>;
}

/** The calls in progress by the name that stands for their token. */
type Scopes = Map<string, Scope>;

interface HttpManager extends Record<'get' | 'post' | 'put' | 'del', unknown> {
  _makeRequest: MakeRequest;
}

const API_HOST = 'https://api.spotify.com';
/** The header and the form in which the library sends a token. */
const [AUTHORIZATION, BEARER] = ['Authorization', 'Bearer '];
const INSTALLED = Symbol.for('segue.spotify.transport');

const requireFromHere = createRequire(import.meta.url);
const managerPath = requireFromHere.resolve('spotify-web-api-node/src/http-manager.js');
const httpManager = requireFromHere(managerPath) as HttpManager & { [INSTALLED]?: Scopes };
const webApiRequest = requireFromHere('spotify-web-api-node/src/webapi-request.js') as { builder(accessToken: string): RequestBuilder };

/** Runs one library call over Segue's transport and returns the response, whatever its status. Throws `provider_unavailable` when there is none. */
export async function useLibrary(scope: Scope, call: (library: Library) => Promise<unknown>): Promise<RawResponse> {
  const scopes = installedScopes();
  const name = randomUUID();
  scopes.set(name, scope);
  try {
    const answer = (await call(libraryFor(name))) as LibraryResponse;
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  } finally {
    scopes.delete(name);
  }
}

function libraryFor(name: string): Library {
  return {
    api: new SpotifyWebApi({ accessToken: name }),
    send: (verb, { path, query, json }) => {
      const builder = webApiRequest.builder(name).withPath(`/v1${path}`);
      if (query) builder.withQueryParameters(query);
      if (json) builder.withHeaders({ 'Content-Type': 'application/json' }).withBodyParameters(json);
      return builder.build().execute(httpManager[verb]);
    },
  };
}

/** Replaces the library's request function, unless another copy of this module already has. Throws when the library no longer has it. */
function installedScopes(): Scopes {
  const present = httpManager[INSTALLED];
  if (present) return present;
  const original = httpManager._makeRequest;
  if (typeof original !== 'function') throw new TypeError('spotify-web-api-node no longer has HttpManager._makeRequest. Use version 5.0.2.');
  const scopes: Scopes = new Map();
  const verbs = verbNames();
  httpManager._makeRequest = (...call) => {
    const [verb, options, uri, callback] = call;
    const { [AUTHORIZATION]: authorization = '', ...otherHeaders } = options.headers ?? {};
    const scope = scopes.get(authorization.slice(BEARER.length));
    if (!scope) return original(...call);
    const request = {
      method: verbs.get(verb) ?? 'GET',
      url: urlFor(scope.apiOrigin, uri, options.query),
      headers: { ...otherHeaders, [AUTHORIZATION]: BEARER + scope.token },
      ...bodyOf(options.data),
    };
    sendRequest('Spotify', { ...request, signal: scope.signal }).then(
      ({ status, headers, body }) => callback(null, { statusCode: status, headers, body }),
      (error: unknown) => callback(error),
    );
  };
  Object.defineProperty(httpManager, INSTALLED, { value: scopes });
  return scopes;
}

/** The library passes functions of its HTTP client in place of method names. */
function verbNames(): Map<unknown, string> {
  const client = createRequire(managerPath)('superagent') as Record<'get' | 'post' | 'put' | 'del', unknown>;
  return new Map([
    [client.get, 'GET'],
    [client.post, 'POST'],
    [client.put, 'PUT'],
    [client.del, 'DELETE'],
  ]);
}

function urlFor(apiOrigin: string, uri: string, query: NonNullable<LibraryRequestOptions['query']> = {}): string {
  const url = new URL(uri.startsWith(API_HOST) ? apiOrigin + uri.slice(API_HOST.length) : uri);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

function bodyOf(data: unknown): { body: string } | Record<string, never> {
  if (data === undefined) return {};
  return { body: typeof data === 'string' ? data : JSON.stringify(data) };
}
