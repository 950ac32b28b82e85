import express from 'express';
import type { RequestHandler } from 'express';
import { EventEmitter, once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { countConnections } from './connection-limits.ts';
import type { IsExcessConnection } from './connection-limits.ts';
import { createHttpServer } from './http-server.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

export interface HttpListener {
  /** The address to open on this machine. */
  readonly url: string;
  readonly server: Server;
  /** Serves `app` from now on. Until then every request gets a 503 with Retry-After. */
  serve(app: RequestHandler): void;
  readonly isExcessConnection: IsExcessConnection;
  readonly isDraining: () => boolean;
  /** From now on `/readyz` answers 503, and each connection closes after its next response. Requests are still served. */
  beginDraining(): void;
  /**
   * Begins draining and lets requests finish, with the port open, so that a load balancer sees `/readyz` before it sees a closed port. Event streams end
   * when the others have finished, connections that are still in use after 10 s are closed.
   */
  close(): Promise<void>;
}

/** How long requests in progress may take once shutdown has begun. */
const DRAIN_MS = 10_000;
/** Load balancers probe every few seconds. One that probed within this time is told before the port closes. */
const PROBED_WITHIN_MS = 30_000;
const PROBE_WAIT_MS = 5_000;
const RETRY_AFTER_S = 2;

/** Binds the port before any slow startup work. Throws a StartError when the port is taken or not permitted. */
export async function openHttpListener(address: { host: string; port: number }): Promise<HttpListener> {
  let app = respondStarting;
  let isDraining = false;
  let probedAtMs = -Infinity;
  const openResponses = new Set<ServerResponse>();
  /** Emits `change` when a response has ended. */
  const responses = new EventEmitter();
  const entry = express();
  entry.disable('x-powered-by');
  entry.use((request, response, next) => app(request, response, next));
  const server = createHttpServer(entry);
  // Before the app, which may answer at once.
  server.prependListener('request', (request, response: ServerResponse) => {
    const isProbe = request.url === '/readyz';
    if (isProbe && !isDraining) probedAtMs = performance.now();
    if (isDraining) response.shouldKeepAlive = false;
    openResponses.add(response);
    response.once('close', () => {
      openResponses.delete(response);
      // The prober knows; nobody else has to be told.
      if (isProbe && isDraining) probedAtMs = -Infinity;
      responses.emit('change');
    });
  });
  const isExcessConnection = countConnections(server);
  /** Waits until the condition holds, at most this long. */
  const until = async (condition: () => boolean, limitMs: number): Promise<void> => {
    const limit = new AbortController();
    const passed = delay(limitMs, undefined, { signal: limit.signal }).catch(() => {});
    let isOver = false;
    void passed.then(() => (isOver = true));
    while (!condition() && !isOver) await Promise.race([passed, once(responses, 'change', { signal: limit.signal }).catch(() => {})]);
    limit.abort();
  };
  const hasOrdinaryResponse = () => [...openResponses].some((response) => !isEventStream(response));
  const port = await listen(server, address);
  return {
    url: `http://${browsableHost(address.host)}:${port}`,
    server,
    serve: (opened) => {
      app = opened;
    },
    isExcessConnection,
    isDraining: () => isDraining,
    beginDraining: () => {
      isDraining = true;
    },
    close: async () => {
      if (!server.listening) return;
      isDraining = true;
      const beganMs = performance.now();
      await until(() => beganMs - probedAtMs > PROBED_WITHIN_MS, PROBE_WAIT_MS);
      await until(() => !hasOrdinaryResponse(), DRAIN_MS);
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      for (const response of openResponses) if (isEventStream(response)) response.destroy();
      const drainTimer = setTimeout(() => server.closeAllConnections(), Math.max(0, beganMs + DRAIN_MS - performance.now()));
      await closed;
      clearTimeout(drainTimer);
    },
  };
}

function isEventStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

const respondStarting: RequestHandler = (_request, response) => {
  response.status(503).set('retry-after', String(RETRY_AFTER_S)).type('text').send('Segue is starting. Try again in a moment.\n');
};

async function listen(server: Server, address: { host: string; port: number }): Promise<number> {
  server.listen(address.port, address.host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new StartError(listenErrorMessage(cause, address), { exitCode: EXIT_CONFIG, cause });
  }
  const bound = server.address();
  return typeof bound === 'object' && bound ? bound.port : address.port;
}

function listenErrorMessage(error: unknown, { host, port }: { host: string; port: number }): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is already in use by another program. Stop that program, or choose another port, such as PORT=${port + 1}.`;
  if (code === 'EACCES') return `This user may not listen on port ${port}. Set PORT to a number above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is not an address of this machine. Use 127.0.0.1 or 0.0.0.0.`;
  return `Cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}.`;
}

/** Spotify accepts only numeric loopback addresses as redirect targets, so local names become 127.0.0.1. */
function browsableHost(host: string): string {
  if (['0.0.0.0', '::', 'localhost'].includes(host)) return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
