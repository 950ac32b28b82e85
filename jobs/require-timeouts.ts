import { AppError } from '#shared/errors.ts';
import type { TimedTask } from './define-task.ts';
import { CLEANUP_MS } from './run-with-time-limit.ts';
import { HOUR_MS } from '#shared/domain/calendar.ts';

/**
 * Lock timeout of a job: the queue gives a job with an older lock to another worker, even if its worker is alive (graphile-worker's fixed four hours;
 * separate from the 90 s without a heartbeat after which a worker loses its jobs). A task must end before.
 */
const RESCUE_AFTER_MS = 4 * HOUR_MS;

/** Throws `invalid_input` naming the tasks that have no time limit, or one longer than the queue's lock timeout. */
export function requireTimeouts(tasks: Readonly<Record<string, Partial<TimedTask>>>): void {
  const invalid = Object.entries(tasks).filter(
    ([, { timeoutMs }]) => !(timeoutMs !== undefined && timeoutMs > 0 && timeoutMs + CLEANUP_MS < RESCUE_AFTER_MS),
  );
  if (invalid.length === 0) return;
  throw new AppError('invalid_input', {
    message: `The worker did not start: ${invalid.map(([name]) => name).join(', ')} may run longer than the queue’s lock timeout.`,
    remedy: `Give each a timeoutMs below ${RESCUE_AFTER_MS - CLEANUP_MS}.`,
  });
}
