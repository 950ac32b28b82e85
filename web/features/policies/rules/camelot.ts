const HOURS = 12;

/**
 * How many steps of a list mix by key, out of those where both keys are known: the same place on the Camelot wheel, one hour on or back, or
 * across between the minor and major of an hour.
 */
export function mixingSteps(keys: readonly (string | null)[]): { readonly mixing: number; readonly known: number } {
  let mixing = 0;
  let known = 0;
  for (const [at, key] of keys.entries()) {
    const one = placeOf(keys[at - 1]);
    const other = placeOf(key);
    if (!one || !other) continue;
    known += 1;
    const apart = Math.abs(one.hour - other.hour);
    const hours = Math.min(apart, HOURS - apart);
    if (hours === 0 || (hours === 1 && one.ring === other.ring)) mixing += 1;
  }
  return { mixing, known };
}

function placeOf(key: string | null | undefined): { readonly hour: number; readonly ring: string } | undefined {
  const read = /^(\d{1,2})([AB])$/u.exec(key ?? '');
  return read ? { hour: Number(read[1]), ring: read[2] ?? '' } : undefined;
}
