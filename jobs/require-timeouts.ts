import { AppError } from '#shared/errors.ts';
import type { TimedTask } from './define-task.ts';
import { TIDY_UP_MS } from './run-limited.ts';

/**
 * The queue gives a job to somebody else when its lock is this old, whether or not its worker lives (graphile-worker's own four hours; the 90 s after
 * which a silent worker loses its jobs are about workers, not about jobs). A task must be over before.
 */
const RESCUE_AFTER_MS = 4 * 3_600_000;

/** Throws `invalid_input` naming the tasks that do not say how long they may take, or may still run when the queue takes their job back. */
export function requireTimeouts(tasks: Readonly<Record<string, Partial<TimedTask>>>): void {
  const wrong = Object.entries(tasks).filter(
    ([, { timeoutMs }]) => !(timeoutMs !== undefined && timeoutMs > 0 && timeoutMs + TIDY_UP_MS < RESCUE_AFTER_MS),
  );
  if (wrong.length === 0) return;
  throw new AppError('invalid_input', {
    message: `The worker does not start: ${wrong.map(([name]) => name).join(', ')} may take longer than the queue waits for a job.`,
    remedy: `Give each a timeoutMs below ${RESCUE_AFTER_MS - TIDY_UP_MS}.`,
  });
}
