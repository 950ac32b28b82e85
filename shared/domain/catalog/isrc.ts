const ISRC_CHARS = 12;

/** An ISRC in upper case, without hyphens, spaces and a leading "ISRC"; null when it is missing or invalid. */
export function normalizeIsrc(isrc: string | null | undefined): string | null {
  const bare = (isrc ?? '')
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}.:_]/gu, '')
    .toUpperCase();
  const code = bare.length > ISRC_CHARS ? bare.replace(/^ISRC/, '') : bare;
  return /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(code) ? code : null;
}
