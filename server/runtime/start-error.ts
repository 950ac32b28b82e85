/** The house cannot start, and the sentence says why and what to do. Shown without a stack; `exitCode` follows sysexits. */
export class StartError extends Error {
  readonly exitCode: number;

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'StartError';
    this.exitCode = options.exitCode ?? EXIT_UNAVAILABLE;
  }
}

/** EX_UNAVAILABLE: something needed is not there. */
const EXIT_UNAVAILABLE = 69;
/** EX_CONFIG: a setting is wrong, and starting again changes nothing. */
export const EXIT_CONFIG = 78;
/** EX_SOFTWARE: something broke inside; a supervisor should start the process again. */
export const EXIT_SOFTWARE = 70;
