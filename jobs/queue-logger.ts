import type { Log } from '#server/deps.ts';
import { Logger } from 'graphile-worker';

/** The renders have more slots than connections on purpose: a render waits for its vendor without one. */
const FEW_CONNECTIONS = /^WARNING: having maxPoolSize/;

/** Logs graphile-worker's messages one level lower: failed jobs are already logged by the task itself. */
export function queueLogger(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    const context = { ...(scope.taskIdentifier ? { task: scope.taskIdentifier } : {}), ...meta };
    const logLevel: string = level;
    if ((logLevel === 'error' || logLevel === 'warning') && !FEW_CONNECTIONS.test(message)) log.warn(message, context);
    if (logLevel === 'info') log.debug(message, context);
  });
}
