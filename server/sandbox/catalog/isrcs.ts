import { mix } from './seeded-random.ts';

const REGISTRANT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A registrant code may number this many recordings a year. */
const PER_REGISTRANT = 100_000;

/**
 * Valid ISRCs (two letters, three alphanumerics, two digits of the year, five digits) whose last eight characters number the recording, so that
 * looking one up needs no table of recordings: only the few registrants are remembered.
 */
export function createIsrcs(seed: number, recordingsMax: number) {
  const codes: string[] = [];
  const places = new Map<string, number>();
  for (let salt = 0; codes.length * PER_REGISTRANT <= recordingsMax; salt++) {
    const word = mix(seed, 505, salt);
    const code = REGISTRANT.charAt(word % 26) + REGISTRANT.charAt((word >>> 8) % 36) + REGISTRANT.charAt((word >>> 16) % 36);
    if (places.has(code)) continue;
    places.set(code, codes.length);
    codes.push(code);
  }
  return {
    isrcOf(recording: number, country: string, year: number): string {
      const designation = String(recording % PER_REGISTRANT).padStart(5, '0');
      return `${country}${codes[Math.floor(recording / PER_REGISTRANT)] ?? 'ZZZ'}${String(year % 100).padStart(2, '0')}${designation}`;
    },
    /** The recording's number; the caller checks that country and year are right. */
    recordingOf(isrc: string): number | undefined {
      const place = places.get(isrc.slice(2, 5));
      return place !== undefined && /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(isrc) ? place * PER_REGISTRANT + Number(isrc.slice(7)) : undefined;
    },
  };
}
