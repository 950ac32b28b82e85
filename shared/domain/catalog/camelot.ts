/** The hour of each major key on the Camelot wheel, by pitch class from C. */
const HOURS_OF_MAJOR = [8, 3, 10, 5, 12, 7, 2, 9, 4, 11, 6, 1] as const;
const HOURS = 12;

/** All Camelot codes: hour 1–12, A for minor and B for major keys. */
export const CAMELOT_CODES: readonly string[] = Array.from({ length: HOURS * 2 }, (_, index) => `${(index >> 1) + 1}${index % 2 === 0 ? 'A' : 'B'}`);

/**
 * Camelot number of a key: twice the hour (counted from 0), plus 1 for major; -1 when the key or mode is unknown. Keys are pitch classes from C
 * (0–11), mode is 1 for major. A minor key has the hour of its relative major.
 */
export function camelotNumber(key: number | null | undefined, mode: number | null | undefined): number {
  if (key == null || mode == null || !Number.isInteger(key) || key < 0 || key >= HOURS || (mode !== 0 && mode !== 1)) return -1;
  const hour = HOURS_OF_MAJOR[mode === 1 ? key : (key + 3) % HOURS] ?? 1;
  return (hour - 1) * 2 + mode;
}

/** Camelot code of a key, "8A" for A minor; null when the key or mode is unknown. */
export function camelotCode(key: number | null | undefined, mode: number | null | undefined): string | null {
  return CAMELOT_CODES[camelotNumber(key, mode)] ?? null;
}

/** Steps between two Camelot numbers: one per hour in either direction, one between minor and major of the same hour. Null when either is unknown. */
export function camelotSteps(a: number, b: number): number | null {
  if (a < 0 || b < 0) return null;
  const hours = Math.abs((a >> 1) - (b >> 1));
  return Math.min(hours, HOURS - hours) + ((a ^ b) & 1);
}
