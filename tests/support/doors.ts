import { createApp } from '#server/app.ts';
import type { AppOptions } from '#server/app.ts';
import type { Deps, Settings } from '#server/deps.ts';
import { openFrontDoor } from '#server/http/front-door.ts';
import type { PublicError } from '#shared/contracts/auth/sign-in.ts';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { TEST_ADMIN_KEY, startTestApp } from './app.ts';

export const ADMIN_KEY = TEST_ADMIN_KEY;

interface DoorOptions extends AppOptions {
  readonly settings?: Partial<Settings>;
  /** Parts that the app at the door gets in place of the test app's, for failures in the middle of a request. */
  readonly deps?: Partial<Omit<Deps, 'settings'>>;
}

/** What came back over a real socket; redirects are not followed. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
}

/** A test app behind the real front door, with the door's own options open to the test, and asked over a socket with exact headers. */
export async function openDoors(options: DoorOptions = {}) {
  const door = await openFrontDoor({ host: '127.0.0.1', port: 0 });
  const own = { publicUrl: door.url, spotifyRedirectUri: `${door.url}/auth/spotify/callback` };
  const app = await startTestApp({ settings: { ...own, ...options.settings } });
  const deps: Deps = { ...app.deps, ...options.deps };
  door.open(createApp(deps, options));
  const close = async (): Promise<void> => {
    await door.close();
    await app[Symbol.asyncDispose]();
  };
  return {
    url: door.url,
    deps,
    spotify: app.spotify,
    logged: app.logged,
    /** Puts the clock of house and sandbox so far ahead of the real one. */
    setAhead: (ms: number) => app.clock.set(new Date(Date.now() + ms).toISOString()),
    ask: (path: string, ask: Ask = {}) => askOver(door.url, path, ask),
    [Symbol.asyncDispose]: close,
  };
}

export type Doors = Awaited<ReturnType<typeof openDoors>>;

/** One request with exactly these headers: fetch would add Sec-Fetch ones of its own, and refuse to send Host. */
function askOver(origin: string, path: string, ask: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const request = httpRequest({ hostname, port, path, method: ask.method ?? 'GET', headers: ask.headers ?? {}, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(ask.body);
  });
}

/** A tRPC question or change as a browser page of ours would send it. */
export function rpc(
  doors: Pick<Doors, 'ask'>,
  procedure: string,
  call: { input?: unknown; method?: 'GET' | 'POST'; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const method = call.method ?? 'GET';
  if (method === 'GET') {
    const query = call.input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(call.input))}`;
    return doors.ask(`/trpc/${procedure}${query}`, { headers: call.headers ?? {} });
  }
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...call.headers };
  return doors.ask(`/trpc/${procedure}`, { method, headers, body: JSON.stringify(call.input ?? {}) });
}

const publicError = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().nullable(),
  field: z.string().nullable(),
  retryAfterMs: z.number().nullable(),
  requestId: z.string().nullable(),
});
const refusal = z.union([z.object({ error: z.object({ data: z.object({ error: publicError }) }) }), z.object({ error: publicError })]);

/** What an answer says went wrong, inside tRPC's envelope or without one. Throws when it does not. */
export function errorOf(answer: Answer): PublicError {
  const { error } = refusal.parse(JSON.parse(answer.text));
  return 'data' in error ? error.data.error : error;
}

/** The data of a tRPC answer. Throws when it is a refusal. */
export function dataOf(answer: Answer): unknown {
  return z.object({ result: z.object({ data: z.unknown() }) }).parse(JSON.parse(answer.text)).result.data;
}

/** The cookies an answer sets, as a browser would send them back. */
export function cookiesOf(answer: Answer): string {
  return (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

/** What a person does on Spotify's page: agrees or declines. Answers the address the browser is then sent to, on our side. */
export async function decideAtSpotify(authorizeUrl: string, person: string, consent: 'yes' | 'no' = 'yes'): Promise<URL> {
  const url = new URL(authorizeUrl);
  url.searchParams.set('sandbox_user', person);
  url.searchParams.set('sandbox_consent', consent);
  const answer = await fetch(url, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? 'about:blank');
}
