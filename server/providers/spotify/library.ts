import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import SpotifyWebApi from 'spotify-web-api-node';
import { exchange } from '../http.ts';
import type { RawAnswer } from '../http.ts';

/**
 * spotify-web-api-node 5.0.2 fixes its hosts, has no time limit and never settles on an error body of `null`. All its requests go through
 * one function, which is replaced here, once for the process: requests made inside `useLibrary` go over our own transport to the base URL
 * of that call, all others as before.
 */
interface Scope {
  /** Origin that stands for https://api.spotify.com. */
  readonly apiOrigin: string;
  readonly signal: AbortSignal;
}

interface LibraryRequestOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/** The seam: what the replacement stands in for. */
type MakeRequest = (
  ...call: [verb: unknown, options: LibraryRequestOptions, uri: string, callback: (error: unknown, answer?: LibraryAnswer) => void]
) => void;

type Execute = (method: unknown) => Promise<LibraryAnswer>;
interface RequestBuilder {
  withPath(path: string): RequestBuilder;
  withHeaders(headers: Record<string, string>): RequestBuilder;
  withQueryParameters(query: Record<string, string | number>): RequestBuilder;
  withBodyParameters(body: Record<string, unknown>): RequestBuilder;
  build(): { execute: Execute };
}

/** What the library resolves with; on our transport any status is an answer. */
export interface LibraryAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The library with one person's (or the app's) token: its methods, and its own builder for endpoints that it does not know. */
export interface Library {
  readonly api: SpotifyWebApi;
  send(
    verb: 'get' | 'post' | 'put' | 'del',
    request: { path: string; query?: Record<string, string | number>; json?: Record<string, unknown> },
  ): Promise<LibraryAnswer>;
}

interface HttpManager extends Record<'get' | 'post' | 'put' | 'del', unknown> {
  _makeRequest: MakeRequest;
}

const API_HOST = 'https://api.spotify.com';
const INSTALLED = Symbol.for('segue.spotify.transport');

const fromHere = createRequire(import.meta.url);
const managerPath = fromHere.resolve('spotify-web-api-node/src/http-manager.js');
const httpManager = fromHere(managerPath) as HttpManager & { [INSTALLED]?: AsyncLocalStorage<Scope> };
const webApiRequest = fromHere('spotify-web-api-node/src/webapi-request.js') as { builder(accessToken: string): RequestBuilder };

/** Runs one library call over our transport. Throws `provider_unavailable` when no answer came; any answer is returned, whatever its status. */
export async function useLibrary(scope: Scope & { token: string }, call: (library: Library) => Promise<unknown>): Promise<RawAnswer> {
  const { token, ...rest } = scope;
  const answer = (await installedScopes().run(rest, () => call(libraryFor(token)))) as LibraryAnswer;
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

/** Replaces the seam unless a copy of this module already has. Throws when the library has no such seam any more. */
function installedScopes(): AsyncLocalStorage<Scope> {
  const present = httpManager[INSTALLED];
  if (present) return present;
  const original = httpManager._makeRequest;
  if (typeof original !== 'function') throw new TypeError('spotify-web-api-node has no HttpManager._makeRequest any more; stay at version 5.0.2.');
  const scopes = new AsyncLocalStorage<Scope>();
  const verbs = verbNames();
  httpManager._makeRequest = (...call) => {
    const scope = scopes.getStore();
    if (!scope) return original(...call);
    const [verb, options, uri, callback] = call;
    const request = {
      method: verbs.get(verb) ?? 'GET',
      url: addressOf(scope.apiOrigin, uri, options.query),
      headers: options.headers ?? {},
      ...bodyOf(options.data),
    };
    exchange('Spotify', { ...request, signal: scope.signal }).then(
      ({ status, headers, body }) => callback(null, { statusCode: status, headers, body }),
      (error: unknown) => callback(error),
    );
  };
  Object.defineProperty(httpManager, INSTALLED, { value: scopes });
  return scopes;
}

/** The library hands over functions of its HTTP client instead of method names. */
function verbNames(): Map<unknown, string> {
  const client = createRequire(managerPath)('superagent') as Record<'get' | 'post' | 'put' | 'del', unknown>;
  return new Map([
    [client.get, 'GET'],
    [client.post, 'POST'],
    [client.put, 'PUT'],
    [client.del, 'DELETE'],
  ]);
}

function addressOf(apiOrigin: string, uri: string, query: NonNullable<LibraryRequestOptions['query']> = {}): string {
  const url = new URL(uri.startsWith(API_HOST) ? apiOrigin + uri.slice(API_HOST.length) : uri);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

function bodyOf(data: unknown): { body: string } | Record<string, never> {
  if (data === undefined) return {};
  return { body: typeof data === 'string' ? data : JSON.stringify(data) };
}
