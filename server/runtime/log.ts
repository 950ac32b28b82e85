import pino from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Log } from '#server/deps.ts';
import type { Env } from '#server/env.ts';

interface LogOptions {
  readonly level: Env['LOG_LEVEL'];
  readonly format: 'lines' | 'json';
  /** Values that are replaced wherever they appear. The array may grow while the log is in use. */
  readonly secrets: readonly string[];
  /** Where a finished line goes; standard output by default. */
  readonly write?: (line: string) => void;
}

const HIDDEN = '[hidden]';
/** Shorter values would hide ordinary words. */
const SECRET_CHARS_MIN = 8;
/** Keys whose values are always hidden, and patterns of tokens inside a text. */
const SECRET_KEY = /^(authorization|cookie|set-cookie|password|secret|code|verifier|.*(token|secret|api_?-?key))$/i;
const SECRET_TEXT = /(bearer\s+|(?:access_token|refresh_token|client_secret|code|code_verifier)=|postgres(?:ql)?:\/\/[^:@\s]+:)([^\s&"'@]+)/gi;
/** Deep enough for a log context; cuts whole vendor responses. */
const DEPTH_MAX = 5;

/** Creates a log with one JSON object or one text line per entry. Secrets are hidden in messages, contexts and errors before anything is written. */
export function createLog(options: LogOptions): Log {
  const write = options.write ?? standardOutput();
  const redact = (text: string) =>
    options.secrets
      .filter((secret) => secret.length >= SECRET_CHARS_MIN)
      .reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text.replace(SECRET_TEXT, `$1${HIDDEN}`));
  const formatLine =
    options.format === 'json' ? (line: string) => line : prettyFactory({ colorize: false, singleLine: true, translateTime: 'UTC:HH:MM:ss' });
  const logger = pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => write(formatLine(line)) },
  );
  const at = (level: Env['LOG_LEVEL']) => (message: string, context?: Record<string, unknown>) => {
    if (logger.isLevelEnabled(level)) logger[level](sanitize(context ?? {}, redact, 0), redact(message));
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Returns a copy that is safe to log: errors as objects, secrets hidden, depth limited. */
function sanitize(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= DEPTH_MAX) return '…';
  if (Array.isArray(value)) return value.map((entry) => sanitize(entry, redact, depth + 1));
  const entries = value instanceof Error ? errorEntries(value) : Object.entries(value);
  return Object.fromEntries(
    entries
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, SECRET_KEY.test(key) && !isErrorCode(value, key) ? HIDDEN : sanitize(entry, redact, depth + 1)]),
  );
}

/** `code` is an OAuth code in a request and an error name in an error. */
function isErrorCode(owner: object, key: string): boolean {
  return key === 'code' && (owner instanceof Error || !('verifier' in owner || 'state' in owner));
}

function errorEntries(error: Error): [string, unknown][] {
  const code = 'code' in error ? error.code : undefined;
  return [
    ['name', error.name],
    ['message', error.message],
    ['code', code],
    ['stack', error.stack],
    ['cause', error.cause],
  ];
}

function standardOutput(): (line: string) => void {
  const out = pino.destination({ dest: 1, sync: true });
  // The reader of our output has gone (EPIPE): keep running.
  out.on('error', () => {});
  return (line) => void out.write(line);
}
