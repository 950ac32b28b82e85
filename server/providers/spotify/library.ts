import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import SpotifyWebApi from 'spotify-web-api-node';
import { sendRequest } from '../http.ts';
import type { RawResponse } from '../http.ts';

/**
 * spotify-web-api-node 5.0.2 has fixed hosts and no timeout, and never settles on an error body of `null`. All its requests go through one function,
 * which is replaced here once per process: requests inside `useLibrary` use Segue's transport and the base URL of that call, all others are unchanged.
 */
interface Scope {
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

interface HttpManager extends Record<'get' | 'post' | 'put' | 'del', unknown> {
  _makeRequest: MakeRequest;
}

const API_HOST = 'https://api.spotify.com';
const INSTALLED = Symbol.for('segue.spotify.transport');

const requireFromHere = createRequire(import.meta.url);
const managerPath = requireFromHere.resolve('spotify-web-api-node/src/http-manager.js');
const httpManager = requireFromHere(managerPath) as HttpManager & { [INSTALLED]?: AsyncLocalStorage<Scope> };
const webApiRequest = requireFromHere('spotify-web-api-node/src/webapi-request.js') as { builder(accessToken: string): RequestBuilder };

/** Runs one library call over Segue's transport and returns the response, whatever its status. Throws `provider_unavailable` when there is none. */
export async function useLibrary(scope: Scope & { token: string }, call: (library: Library) => Promise<unknown>): Promise<RawResponse> {
  const { token, ...rest } = scope;
  const answer = (await installedScopes().run(rest, () => call(libraryFor(token)))) as LibraryResponse;
  return { status: answer.statusCode, headers: answer.headers, body: answer.body };
}

function libraryFor(token: string): Library {
  return {
    api: new SpotifyWebApi({ accessToken: token }),
    send: (verb, { path, query, json }) => {
      const builder = webApiRequest.builder(token).withPath(`/v1${path}`);
      if (query) builder.withQueryParameters(query);
      if (json) builder.withHeaders({ 'Content-Type': 'application/json' }).withBodyParameters(json);
      return builder.build().execute(httpManager[verb]);
    },
  };
}

/** Replaces the library's request function, unless another copy of this module already has. Throws when the library no longer has it. */
function installedScopes(): AsyncLocalStorage<Scope> {
  const present = httpManager[INSTALLED];
  if (present) return present;
  const original = httpManager._makeRequest;
  if (typeof original !== 'function') throw new TypeError('spotify-web-api-node no longer has HttpManager._makeRequest. Use version 5.0.2.');
  const scopes = new AsyncLocalStorage<Scope>();
  const verbs = verbNames();
  httpManager._makeRequest = (...call) => {
    const scope = scopes.getStore();
    if (!scope) return original(...call);
    const [verb, options, uri, callback] = call;
    const request = {
      method: verbs.get(verb) ?? 'GET',
      url: urlFor(scope.apiOrigin, uri, options.query),
      headers: options.headers ?? {},
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
