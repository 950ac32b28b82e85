const REASON_MAX = 240;

/** The queue keeps what was thrown, first line first; a person needs no stack, and a job that died with its worker left nothing. */
export function reasonInWords(lastError: string | null): string {
  const line = lastError?.split('\n')[0]?.trim();
  return line ? line.slice(0, REASON_MAX) : 'Its worker died every time it tried.';
}
