/** Segue cannot start. The message says why and what to do; it is printed without a stack. `exitCode` follows sysexits. */
export class StartError extends Error {
  readonly exitCode: number;

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'StartError';
    this.exitCode = options.exitCode ?? EXIT_UNAVAILABLE;
  }
}

/** EX_UNAVAILABLE: a required service is missing. */
const EXIT_UNAVAILABLE = 69;
/** EX_CONFIG: a setting is wrong; a restart does not help. */
export const EXIT_CONFIG = 78;
/** EX_SOFTWARE: an internal error; a supervisor should restart the process. */
export const EXIT_SOFTWARE = 70;
