/** What an address may say after its question mark. Anything else in it is dropped, never believed. */
export type RawSearch = Readonly<Record<string, unknown>>;

/** A text of sensible length; numbers count, because `?q=1984` arrives as one. */
export function text(raw: unknown): string | undefined {
  const value = typeof raw === 'number' ? String(raw) : raw;
  return typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : undefined;
}

/** `YYYY-MM-DD`. */
export const day = (raw: unknown) => (typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(raw) ? raw : undefined);

export const whole = (raw: unknown) => (typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0 ? raw : undefined);

/** One of a closed list. */
export const oneOf = <T extends string>(list: readonly T[], raw: unknown) => list.find((one) => one === raw);

/** Says of a search that each of its parts may be left out of a link. */
export const optional = <T extends object>(search: T): { [K in keyof T]?: T[K] } => search;

/** A text that only the house can read, as it seals them. */
export const note = (raw: unknown) => (typeof raw === 'string' && /^v\d\.[\w.-]{1,1990}$/u.test(raw) ? raw : undefined);
