import { mix } from './seeded-random.ts';

const REGISTRANT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Recordings per registrant code and year. */
const PER_REGISTRANT = 100_000;

/**
 * Generates valid ISRCs (country, registrant, two-digit year, five digits) from which the recording number can be computed, so that a lookup needs no
 * table of recordings: only the few registrant codes are stored.
 */
export function createIsrcs(seed: number, recordingsMax: number) {
  const codes: string[] = [];
  const positionByCode = new Map<string, number>();
  for (let salt = 0; codes.length * PER_REGISTRANT <= recordingsMax; salt++) {
    const bits = mix(seed, 505, salt);
    const code = REGISTRANT.charAt(bits % 26) + REGISTRANT.charAt((bits >>> 8) % 36) + REGISTRANT.charAt((bits >>> 16) % 36);
    if (positionByCode.has(code)) continue;
    positionByCode.set(code, codes.length);
    codes.push(code);
  }
  return {
    isrcOf(recording: number, country: string, year: number): string {
      const designation = String(recording % PER_REGISTRANT).padStart(5, '0');
      return `${country}${codes[Math.floor(recording / PER_REGISTRANT)] ?? 'ZZZ'}${String(year % 100).padStart(2, '0')}${designation}`;
    },
    /** The recording number of an ISRC; the caller must check country and year. */
    recordingOf(isrc: string): number | undefined {
      const position = positionByCode.get(isrc.slice(2, 5));
      return position !== undefined && /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(isrc) ? position * PER_REGISTRANT + Number(isrc.slice(7)) : undefined;
    },
  };
}
