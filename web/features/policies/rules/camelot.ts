const HOURS = 12;

/**
 * Counts the harmonic key changes of a list, out of the changes with both keys known. Harmonic on the Camelot wheel: the same code, one hour
 * forward or back on the same ring, or the other ring at the same hour.
 */
export function mixingSteps(keys: readonly (string | null)[]): { readonly mixing: number; readonly known: number } {
  let mixing = 0;
  let known = 0;
  for (const [at, key] of keys.entries()) {
    const previous = parseCode(keys[at - 1]);
    const current = parseCode(key);
    if (!previous || !current) continue;
    known += 1;
    const difference = Math.abs(previous.hour - current.hour);
    const hours = Math.min(difference, HOURS - difference);
    if (hours === 0 || (hours === 1 && previous.ring === current.ring)) mixing += 1;
  }
  return { mixing, known };
}

function parseCode(key: string | null | undefined): { readonly hour: number; readonly ring: string } | undefined {
  const match = /^(\d{1,2})([AB])$/u.exec(key ?? '');
  return match ? { hour: Number(match[1]), ring: match[2] ?? '' } : undefined;
}
