import { addressGroup } from '#shared/domain/address-group.ts';
import { AppError } from '#shared/errors.ts';
import type { RequestHandler } from 'express';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { sendError } from './errors.ts';

/** A browser opens six. An office behind one address has hundreds; a single program that opens more takes them from everyone else. */
const PER_ADDRESS_MAX = 256;
const RETRY_AFTER_MS = 5_000;

/** Tells whether a connection is one more than its address may have open. */
export type IsExcessConnection = (socket: Socket) => boolean;

/** Counts the open connections of each address. Behind a reverse proxy all have its address, so there the proxy has to limit them. */
export function countConnections(server: Server): IsExcessConnection {
  const open = new Map<string, number>();
  const excess = new WeakSet<Socket>();
  server.on('connection', (socket) => {
    const address = addressGroup(socket.remoteAddress ?? '');
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    if (count > PER_ADDRESS_MAX) excess.add(socket);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
  return (socket) => excess.has(socket);
}

/** Answers requests on excess connections with 503 and closes them. */
export function refuseExcessConnections(isExcess: IsExcessConnection): RequestHandler {
  return (request, response, next) => {
    if (!isExcess(request.socket)) return next();
    response.set('connection', 'close');
    return sendError(
      response,
      new AppError('unavailable', {
        message: `There are more than ${PER_ADDRESS_MAX} open connections from this address.`,
        remedy: 'Close some of them and try again.',
        retryAfterMs: RETRY_AFTER_MS,
      }),
    );
  };
}
