import express from 'express';
import type { RequestHandler } from 'express';
import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { createHttpServer } from './http-server.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

export interface HttpListener {
  /** The address to open on this machine. */
  readonly url: string;
  readonly server: Server;
  /** Serves `app` from now on. Until then every request gets a 503 with Retry-After. */
  serve(app: RequestHandler): void;
  readonly isDraining: () => boolean;
  /** Stops accepting connections and lets requests finish; destroys event openResponses at once and all other connections after 5 s. */
  close(): Promise<void>;
}

/** How long requests in progress may take once shutdown has begun. */
const DRAIN_MS = 5_000;
const RETRY_AFTER_S = 2;

/** Binds the port before any slow startup work. Throws a StartError when the port is taken or not permitted. */
export async function openHttpListener(address: { host: string; port: number }): Promise<HttpListener> {
  let app = respondStarting;
  let isDraining = false;
  const openResponses = new Set<ServerResponse>();
  const entry = express();
  entry.disable('x-powered-by');
  entry.use((request, response, next) => app(request, response, next));
  const server = createHttpServer(entry);
  server.on('request', (_request, response: ServerResponse) => {
    openResponses.add(response);
    response.once('close', () => openResponses.delete(response));
  });
  const port = await listen(server, address);
  return {
    url: `http://${browsableHost(address.host)}:${port}`,
    server,
    serve: (opened) => {
      app = opened;
    },
    isDraining: () => isDraining,
    close: async () => {
      if (!server.listening) return;
      isDraining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      for (const response of openResponses) if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.destroy();
      const drainTimer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearTimeout(drainTimer);
    },
  };
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
