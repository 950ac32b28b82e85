import type { IncomingMessage, Server } from 'node:http';

/** Longer than any client keeps an idle connection, so that the server never closes one that a client is about to reuse. */
const KEEP_ALIVE_MS = 75_000;

/** Larger than any request body that Spotify accepts. */
const BODY_MAX_BYTES = 2 * 1024 * 1024;

/** Listens on the loopback interface only. `close` also closes open connections. Rejects when the port is in use. */
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
  if (address === null || typeof address === 'string') throw new TypeError('The sandbox is not listening on a port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Reads the whole body; undefined when it is too large. Returns synchronously for GET and HEAD. */
export function readBody(request: IncomingMessage, bytesMax: number = BODY_MAX_BYTES): Promise<Buffer | undefined> | Buffer {
  if (request.method === 'GET' || request.method === 'HEAD') return EMPTY;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bytesMax) chunks.push(chunk);
    });
    request.on('end', () => resolve(size <= bytesMax ? Buffer.concat(chunks) : undefined));
    request.on('error', reject);
  });
}

const EMPTY = Buffer.alloc(0);
