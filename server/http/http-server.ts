import type { Express } from 'express';
import { createServer } from 'node:http';
import type { Server } from 'node:http';

/** Node allows five minutes per request by default. Requests here arrive within seconds, so slow senders are disconnected. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16_384 };
/** Far more than one machine needs, far fewer than its file descriptors. */
const CONNECTIONS_MAX = 2_000;

/** Responses for requests that Node's HTTP parser rejects before they reach the app, in the same error format. */
const REFUSALS: Record<string, { line: string; code: string; message: string; remedy: string }> = {
  HPE_HEADER_OVERFLOW: {
    line: '431 Request Header Fields Too Large',
    code: 'too_large',
    message: 'The headers are too large.',
    remedy: 'Clear the cookies of this site and try again.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    line: '408 Request Timeout',
    code: 'invalid_input',
    message: 'The request took too long to arrive.',
    remedy: 'Try again.',
  },
};
const UNREADABLE = { line: '400 Bad Request', code: 'invalid_input', message: 'The request could not be read.', remedy: 'Send valid HTTP.' };

/** Creates the HTTP server around the app, with time and size limits that apply before any handler runs. The caller listens and closes. */
export function createHttpServer(app: Express): Server {
  const server = createServer(LIMITS, app);
  server.maxConnections = CONNECTIONS_MAX;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const { line, ...publicError } = REFUSALS[error.code ?? ''] ?? UNREADABLE;
    const body = JSON.stringify({ error: { ...publicError, field: null, retryAfterMs: null, requestId: null } });
    const headers = [
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'x-content-type-options: nosniff',
      "content-security-policy: default-src 'none'; frame-ancestors 'none'",
    ];
    return socket.end(`HTTP/1.1 ${line}\r\n${[...headers, 'cache-control: no-store', 'connection: close'].join('\r\n')}\r\n\r\n${body}`);
  });
  return server;
}
