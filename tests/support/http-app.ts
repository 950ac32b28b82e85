import { createApp } from '#server/app.ts';
import type { AppOptions } from '#server/app.ts';
import type { Deps, Settings } from '#server/deps.ts';
import { openHttpListener } from '#server/http/http-listener.ts';
import type { PublicError } from '#shared/contracts/auth/sign-in.ts';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { TEST_ADMIN_KEY, startTestApp } from './app.ts';

export const ADMIN_KEY = TEST_ADMIN_KEY;

interface HttpAppOptions extends AppOptions {
  readonly settings?: Partial<Settings>;
  /** Replace dependencies of the HTTP app, to make a request fail halfway. */
  readonly deps?: Partial<Omit<Deps, 'settings'>>;
}

/** An HTTP response, read over a real socket. Redirects are not followed. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface HttpRequestOptions {
  readonly method?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
}

/** A test app behind the real HTTP server, with configurable server options. Requests go over a socket with exactly the given headers. */
export async function startHttpApp(options: HttpAppOptions = {}) {
  const server = await openHttpListener({ host: '127.0.0.1', port: 0 });
  const addresses = { publicUrl: server.url, spotifyRedirectUri: `${server.url}/auth/spotify/callback` };
  const app = await startTestApp({ settings: { ...addresses, ...options.settings } });
  const deps: Deps = { ...app.deps, ...options.deps };
  server.serve(createApp(deps, { isDraining: server.isDraining, isExcessConnection: server.isExcessConnection, ...options }));
  const close = async (): Promise<void> => {
    await server.close();
    await app[Symbol.asyncDispose]();
  };
  return {
    url: server.url,
    /** Begins the shutdown of the server; resolves when the last request has been answered. */
    stop: () => server.close(),
    deps,
    databaseUrl: app.databaseUrl,
    spotify: app.spotify,
    logged: app.logged,
    /** Sets the clock of app and sandbox this far ahead of the real time. */
    setAhead: (ms: number) => app.clock.set(new Date(Date.now() + ms).toISOString()),
    request: requestTo(server.url),
    [Symbol.asyncDispose]: close,
  };
}

export type HttpApp = Awaited<ReturnType<typeof startHttpApp>>;

/** Sends requests to the server at this origin, with exactly the given headers. */
export function requestTo(origin: string) {
  return (path: string, request: HttpRequestOptions = {}): Promise<HttpResponse> => sendRequest(origin, path, request);
}

/** Sends one request with exactly these headers. Fetch would add Sec-Fetch headers and refuse to send Host. */
export function sendRequest(origin: string, path: string, options: HttpRequestOptions): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const request = httpRequest(
      { hostname, port, path, method: options.method ?? 'GET', headers: options.headers ?? {}, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** Sends a tRPC query (GET) or mutation (POST) as the web app does. */
export function callTrpc(
  app: Pick<HttpApp, 'request'>,
  procedure: string,
  call: { input?: unknown; method?: 'GET' | 'POST'; headers?: Record<string, string> } = {},
): Promise<HttpResponse> {
  const method = call.method ?? 'GET';
  if (method === 'GET') {
    const query = call.input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(call.input))}`;
    return app.request(`/trpc/${procedure}${query}`, { headers: call.headers ?? {} });
  }
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...call.headers };
  return app.request(`/trpc/${procedure}`, { method, headers, body: JSON.stringify(call.input ?? {}) });
}

const publicError = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().nullable(),
  field: z.string().nullable(),
  retryAfterMs: z.number().nullable(),
  requestId: z.string().nullable(),
});
const errorBody = z.union([z.object({ error: z.object({ data: z.object({ error: publicError }) }) }), z.object({ error: publicError })]);

/** The error in a response, with or without tRPC's envelope. Throws when there is none. */
export function errorOf(response: HttpResponse): PublicError {
  const { error } = errorBody.parse(JSON.parse(response.text));
  return 'data' in error ? error.data.error : error;
}

/** The data of a tRPC response. Throws when it is an error. */
export function dataOf(response: HttpResponse): unknown {
  return z.object({ result: z.object({ data: z.unknown() }) }).parse(JSON.parse(response.text)).result.data;
}

/** The cookies that a response sets, as a Cookie header value. */
export function cookiesOf(response: HttpResponse): string {
  return (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

/** Accepts or declines on Spotify's consent page. Returns the callback address that Spotify redirects to. */
export async function decideOnSpotify(authorizeUrl: string, person: string, consent: 'yes' | 'no' = 'yes'): Promise<URL> {
  const url = new URL(authorizeUrl);
  url.searchParams.set('sandbox_user', person);
  url.searchParams.set('sandbox_consent', consent);
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? 'about:blank');
}
