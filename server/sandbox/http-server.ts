import type { IncomingMessage, Server } from 'node:http';

/** Longer than any client keeps an idle connection, so that none is closed just as it is used again. */
const KEEP_ALIVE_MS = 75_000;

/** Nothing that Spotify accepts is larger. */
const BODY_MAX_BYTES = 2 * 1024 * 1024;

/** Listens on the loopback interface only; `close` ends open connections too. Rejects when the port is taken. */
export async function listen(server: Server, port: number): Promise<{ origin: string; close(): Promise<void> }> {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The sandbox listens on no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The whole body; `undefined` when it is too large. Without one no time is lost. */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> | Buffer {
  if (request.method === 'GET' || request.method === 'HEAD') return EMPTY;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_MAX_BYTES) chunks.push(chunk);
    });
    request.on('end', () => resolve(size <= BODY_MAX_BYTES ? Buffer.concat(chunks) : undefined));
    request.on('error', reject);
  });
}

const EMPTY = Buffer.alloc(0);
