import type { Log } from '#server/deps.ts';
import { Logger } from 'graphile-worker';

/** Logs graphile-worker's messages one level lower: failed jobs are already logged by the task itself. */
export function queueLogger(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    const context = { ...(scope.taskIdentifier ? { task: scope.taskIdentifier } : {}), ...meta };
    const logLevel: string = level;
    if (logLevel === 'error' || logLevel === 'warning') log.warn(message, context);
    if (logLevel === 'info') log.debug(message, context);
  });
}
