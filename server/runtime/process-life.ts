import { AppError } from '#shared/errors.ts';
import { createClosing } from './closing.ts';
import { EXIT_SOFTWARE, StartError } from './start-error.ts';

export interface Life {
  /** Remembers how to undo what was just opened; undone last first when the process ends. */
  readonly defer: (close: () => unknown) => void;
  /** Fires when the process begins to end. */
  readonly ending: AbortSignal;
  /** Something without which we cannot go on broke: end in good order, with a failure. */
  readonly fail: (error: Error) => void;
}

/** Supervisors wait 30 s as a rule; we are gone before, in good order or not. */
const END_LIMIT_MS = 25_000;
/** Ctrl-C under npm arrives twice at once; a second one later is meant. */
const IMPATIENT_AFTER_MS = 2_000;
const EXIT_KILLED = 130;

/** Runs a process from `begin` to a signal. Exits 0 after SIGINT or SIGTERM with everything closed; on failure says why in a sentence and exits non-zero. */
export async function runProcess(begin: (life: Life) => Promise<void>): Promise<void> {
  const closing = createClosing();
  const ending = new AbortController();
  let endingSince: number | undefined;
  const end = (exitCode: number) => {
    if (endingSince !== undefined) return;
    endingSince = performance.now();
    // Also when closing waits for something that never comes and the loop runs dry: a failure must not look like a good end.
    process.exitCode = exitCode;
    ending.abort(new Error('The process is ending.'));
    setTimeout(() => process.exit(exitCode || EXIT_SOFTWARE), END_LIMIT_MS).unref();
    void beginning
      .catch(() => {})
      .then(() => closing.close())
      .then(() => process.exit(exitCode))
      .catch((error: unknown) => {
        tell(error);
        process.exit(exitCode || EXIT_SOFTWARE);
      });
  };
  const fail = (error: unknown) => {
    // What breaks while everything is being closed is a consequence, not a cause.
    if (endingSince === undefined) tell(error);
    end(error instanceof StartError ? error.exitCode : EXIT_SOFTWARE);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (endingSince !== undefined && performance.now() - endingSince > IMPATIENT_AFTER_MS) process.exit(EXIT_KILLED);
      end(0);
    });
  }
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  const beginning = Promise.resolve().then(() => begin({ defer: (close) => closing.defer(close), ending: ending.signal, fail }));
  await beginning.catch(fail);
}

/** One sentence for what we foresaw, everything for what we did not. */
function tell(error: unknown): void {
  process.stderr.write(`Segue stops: ${inWords(error)}\n`);
}

function inWords(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (error instanceof AppError) return [error.message, error.remedy].filter(Boolean).join(' ');
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
