import type { AssetId, UserId } from '#shared/ids.ts';

/** Raw search parameters of an address. Each one is validated; unknown or invalid ones are dropped. */
export type RawSearch = Readonly<Record<string, unknown>>;

/** A string of 1–200 characters. Numbers are accepted because the router parses `?q=1984` as a number. */
export function textSearch(raw: unknown): string | undefined {
  const value = typeof raw === 'number' ? String(raw) : raw;
  return typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : undefined;
}

/** A link that was typed before signing in: at most 2,000 characters. */
export const linkSearch = (raw: unknown) => (typeof raw === 'string' && raw.length > 0 && raw.length <= 2_000 ? raw : undefined);

/** A day as `YYYY-MM-DD`. */
export const daySearch = (raw: unknown) => (typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(raw) ? raw : undefined);

/** A month as its first day. */
export const monthSearch = (raw: unknown) => (typeof raw === 'string' && /^20\d{2}-(0[1-9]|1[0-2])-01$/u.test(raw) ? raw : undefined);

/** A person of the ledger: somebody's id, or the operator. */
export const personSearch = (raw: unknown) =>
  raw === 'operator' || (typeof raw === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u.test(raw)) ? (raw as 'operator' | UserId) : undefined;

/** A whole number from 0 up. */
export const wholeNumber = (raw: unknown) => (typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0 ? raw : undefined);

/** A value from the list, else undefined. */
export const oneOf = <T extends string>(list: readonly T[], raw: unknown) => list.find((one) => one === raw);

/** Types every search parameter as optional, so that links may leave it out. */
export const optional = <T extends object>(search: T): { [K in keyof T]?: T[K] } => search;

/** A sealed text: only the server can decrypt it. */
export const sealedNote = (raw: unknown) => (typeof raw === 'string' && /^v\d\.[\w.-]{1,1990}$/u.test(raw) ? raw : undefined);

/** A UUID in lower case. */
export const uuidSearch = (raw: unknown) =>
  typeof raw === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u.test(raw) ? raw : undefined;

/** The id of a file of the library. */
export const assetSearch = (raw: unknown) => uuidSearch(raw) as AssetId | undefined;
