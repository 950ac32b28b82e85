import { AppError } from '#shared/errors.ts';
import { innermostErrors } from './innermost-errors.ts';

const RETRY_AFTER_MS = 5_000;

/** Another operation holds what the request needs: lock timeout, statement timeout, deadlock, serialization failure. */
const BUSY = /^(55P03|57014|40P01|40001|25P0[34])$/;
/** Connection failures (08), resources (53), shutdown and crash (57P), system errors (58), a read-only server after a failover. */
const DOWN = /^(08\w{3}|53\w{3}|57P\w{2}|58\w{3}|25006)$/;
const SOCKET = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$/;
/** Codes of postgres.js. */
const STREAM = /^(CONNECTION_CLOSED|CONNECTION_DESTROYED|CONNECTION_ENDED|CONNECT_TIMEOUT)$/;
/** node-postgres has no codes for these. A missing Unix socket is told by its message, because the code ENOENT stands for any missing file. */
const MESSAGE =
  /^(connect ENOENT |Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error)/;

/**
 * The `unavailable` error for a failure that lies in the database's state and not in the request: it does not answer, is full, or another operation
 * holds a lock. Undefined for any other error.
 */
export function databaseUnavailable(error: unknown): AppError | undefined {
  for (const cause of innermostErrors(error)) {
    if (BUSY.test(cause.code)) {
      const message = 'Another operation is using the same data at the moment.';
      return new AppError('unavailable', { message, remedy: 'Try again in a moment.', retryAfterMs: RETRY_AFTER_MS, cause: error });
    }
    if (DOWN.test(cause.code) || STREAM.test(cause.code) || SOCKET.test(cause.code) || MESSAGE.test(cause.message)) {
      const message = 'The database is not available at the moment.';
      return new AppError('unavailable', { message, remedy: 'Try again in a moment.', retryAfterMs: RETRY_AFTER_MS, cause: error });
    }
  }
  return undefined;
}
