import { AppError } from '#shared/errors.ts';
import { innermostErrors } from '#server/database/innermost-errors.ts';
import { createCleanupStack } from './cleanup-stack.ts';
import { EXIT_SOFTWARE, StartError } from './start-error.ts';

export interface ProcessLifecycle {
  /** Registers a cleanup. Cleanups run in reverse order when the process ends. */
  readonly defer: (close: () => unknown) => void;
  /** Aborts when shutdown begins. */
  readonly shutdownSignal: AbortSignal;
  /** Reports a fatal error: the process shuts down cleanly and exits with a failure code. */
  readonly fail: (error: Error) => void;
}

/** Supervisors usually kill after 30 s; this process exits before that in any case. */
const END_LIMIT_MS = 25_000;
/** npm delivers Ctrl-C twice at once. Only a second signal after this delay forces the exit. */
const FORCE_EXIT_AFTER_MS = 2_000;
const EXIT_KILLED = 130;

/**
 * Runs `start`, then waits for a signal. States:
 * - starting → running: `start` resolved
 * - starting or running → ending: SIGINT, SIGTERM, SIGHUP (exit 0), or an error (non-zero exit, reason on stderr)
 * - ending → exited: all cleanups done, 25 s passed, or a second signal after 2 s
 */
export async function runProcess(start: (lifecycle: ProcessLifecycle) => Promise<void>): Promise<void> {
  const closing = createCleanupStack();
  const ending = new AbortController();
  let endingSince: number | undefined;
  const end = (exitCode: number) => {
    if (endingSince !== undefined) return;
    endingSince = performance.now();
    // Set now: if a cleanup never settles and the event loop runs empty, a failure must still exit non-zero.
    process.exitCode = exitCode;
    ending.abort(new Error('The process is ending.'));
    setTimeout(() => process.exit(exitCode || EXIT_SOFTWARE), END_LIMIT_MS).unref();
    void starting
      .catch(() => {})
      .then(() => closing.close())
      .then(() => process.exit(exitCode))
      .catch((error: unknown) => {
        reportError(error);
        process.exit(exitCode || EXIT_SOFTWARE);
      });
  };
  const fail = (error: unknown) => {
    // Errors during shutdown are consequences of it, so only the first error is reported.
    if (endingSince === undefined) reportError(error);
    end(error instanceof StartError ? error.exitCode : EXIT_SOFTWARE);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (endingSince !== undefined && performance.now() - endingSince > FORCE_EXIT_AFTER_MS) process.exit(EXIT_KILLED);
      end(0);
    });
  }
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  const starting = Promise.resolve().then(() => start({ defer: (close) => closing.defer(close), shutdownSignal: ending.signal, fail }));
  await starting.catch(fail);
}

/** One sentence for an expected error; for an unexpected one the innermost cause, which says why, and the stack. */
function reportError(error: unknown): void {
  process.stderr.write(`Segue stops: ${errorText(error)}\n`);
}

function errorText(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (error instanceof AppError) return [error.message, error.remedy].filter(Boolean).join(' ');
  if (!(error instanceof Error)) return String(error);
  const [innermost] = innermostErrors(error);
  const reason = innermost && innermost.message !== error.message ? `${innermost.message}\n` : '';
  return `${reason}${error.stack ?? error.message}`;
}
