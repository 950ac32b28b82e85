import express from 'express';
import type { RequestHandler } from 'express';
import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { createHttpServer } from './listen.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

export interface FrontDoor {
  /** As people on this machine type it. */
  readonly url: string;
  readonly server: Server;
  /** Answers with `app` from now on; before, every request is told to come back in a moment. */
  open(app: RequestHandler): void;
  readonly isDraining: () => boolean;
  /** Takes no new connection, lets requests finish, cuts streams and what is left after a while. */
  close(): Promise<void>;
}

/** Requests under way when we are told to end get this long. */
const DRAIN_MS = 5_000;
const COME_BACK_S = 2;

/** Binds the port before anything slow is begun. Throws a StartError when somebody else has it. */
export async function openFrontDoor(place: { host: string; port: number }): Promise<FrontDoor> {
  let app = sayStarting;
  let isDraining = false;
  const streams = new Set<ServerResponse>();
  const front = express();
  front.disable('x-powered-by');
  front.use((request, response, next) => app(request, response, next));
  const server = createHttpServer(front);
  server.on('request', (_request, response: ServerResponse) => {
    streams.add(response);
    response.once('close', () => streams.delete(response));
  });
  const port = await listen(server, place);
  return {
    url: `http://${hostForPeople(place.host)}:${port}`,
    server,
    open: (opened) => {
      app = opened;
    },
    isDraining: () => isDraining,
    close: async () => {
      if (!server.listening) return;
      isDraining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      for (const response of streams) if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.destroy();
      const impatience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearTimeout(impatience);
    },
  };
}

const sayStarting: RequestHandler = (_request, response) => {
  response.status(503).set('retry-after', String(COME_BACK_S)).type('text').send('Segue is starting. Try again in a moment.\n');
};

async function listen(server: Server, place: { host: string; port: number }): Promise<number> {
  server.listen(place.port, place.host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new StartError(whyNot(cause, place), { exitCode: EXIT_CONFIG, cause });
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : place.port;
}

function whyNot(error: unknown, { host, port }: { host: string; port: number }): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken by another program. Stop that one, or choose another port, such as PORT=${port + 1}.`;
  if (code === 'EACCES') return `Port ${port} needs rights that this user has not. Choose one above 1023 with PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is not an address of this machine. Use 127.0.0.1 or 0.0.0.0.`;
  return `Nothing can listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}.`;
}

/** Spotify takes loopback addresses as redirect targets only in numbers, so 127.0.0.1 stands for every local name. */
function hostForPeople(host: string): string {
  if (['0.0.0.0', '::', 'localhost'].includes(host)) return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
