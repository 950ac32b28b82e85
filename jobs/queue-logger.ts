import type { Log } from '#server/deps.ts';
import { Logger } from 'graphile-worker';

/** The queue's own words, a level lower: a failed job is reported by the job itself. */
export function queueLogger(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    const context = { ...(scope.taskIdentifier ? { task: scope.taskIdentifier } : {}), ...meta };
    const word: string = level;
    if (word === 'error' || word === 'warning') log.warn(message, context);
    if (word === 'info') log.debug(message, context);
  });
}
