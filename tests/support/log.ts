import type { Log } from '#server/deps.ts';

export interface LogEntry {
  readonly level: keyof Log;
  readonly message: string;
  readonly context: Record<string, unknown>;
}

/** A log that stores its entries instead of printing them. */
export function createTestLog(): { log: Log; entries: readonly LogEntry[] } {
  const entries: LogEntry[] = [];
  const at =
    (level: keyof Log) =>
    (message: string, context: Record<string, unknown> = {}) =>
      void entries.push({ level, message, context });
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, entries };
}
