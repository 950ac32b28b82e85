import { z } from 'zod';
import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { isStorable, storableText } from '#shared/domain/text.ts';

/**
 * The zod types that contracts are built from. Each has bounds, refuses what Postgres cannot store, and describes a violation so that the name of the
 * field can precede it. A test keeps bare strings and numbers out of shared/contracts/.
 */

/** The largest value of Postgres' type integer. */
const INTEGER_MAX = 2_147_483_647;
const UNSTORABLE = 'contains a character that cannot be stored: NUL, or half of an emoji';

/** Text of at most `lengthMax` UTF-16 units, taken as it is. */
export const textInput = (lengthMax: number) => bounded(z.string(), lengthMax);

/** Text without the spaces around it, which may be empty. */
export const trimmedInput = (lengthMax: number) => bounded(z.string().trim(), lengthMax);

/** A name or a reason: not empty, without the spaces around it. */
export const nameInput = (lengthMax: number, empty = 'is empty') => bounded(z.string().trim().min(1, empty), lengthMax);

/** Text of a file or the clipboard: what Postgres cannot store is removed, not refused. */
export const cleanedInput = (lengthMax: number) => z.string().max(lengthMax, tooLong(lengthMax)).overwrite(storableText);

/** Text that follows a pattern, which must bound its length and its characters. */
export const patternInput = (pattern: RegExp, message: string) => z.string().regex(pattern, message);

/** An ISRC, also with hyphens, spaces and in lower case; its normal form is taken. */
export const isrcInput = z
  .string()
  .overwrite((text) => normalizeIsrc(text) ?? text)
  .regex(/^[A-Z]{2}[A-Z0-9]{3}\d{7}$/, 'is not an ISRC');

/** The SHA-256 digest of something that the caller has seen, in hexadecimal. */
export const hashInput = (of: string) => patternInput(/^[0-9a-f]{64}$/, `is not the hash of ${of}`);

/** A whole number within bounds. */
export const wholeInput = (min: number, max: number) =>
  z
    .int('must be a whole number')
    .min(min, `must be at least ${amount(min)}`)
    .max(max, `must be at most ${amount(max)}`);

/** A number within bounds. */
export const numberInput = (min: number, max: number) =>
  z
    .number('must be a number')
    .min(min, `must be at least ${amount(min)}`)
    .max(max, `must be at most ${amount(max)}`);

/** A number above 0. */
export const positiveInput = (max: number) =>
  z
    .number('must be a number')
    .positive('must be above 0')
    .max(max, `must be at most ${amount(max)}`);

/** A share from 0 to 1. */
export const shareInput = numberInput(0, 1);

/** A number of a row, from 1. */
export const idInput = wholeInput(1, INTEGER_MAX);

/** The number of a playlist in its name, from 1. */
export const playlistIndexInput = wholeInput(1, 1_000_000);

/** A calendar day that exists, `YYYY-MM-DD`, of any year. */
export const dateInput = z.iso.date('is not a day that exists; write it as YYYY-MM-DD');

/** A day of the ledger: a calendar day of the years 1900 to 2199. */
export const dayInput = dateInput.refine((day) => day >= '1900-01-01' && day < '2200-01-01', 'is not between the years 1900 and 2199');

/** An instant in UTC, as JSON writes it. */
export const instantInput = z.iso.datetime('is not an instant; write it as 2026-11-30T08:00:00.000Z').max(40);

function bounded(text: z.ZodString, lengthMax: number) {
  return text.max(lengthMax, tooLong(lengthMax)).refine(isStorable, UNSTORABLE);
}

function tooLong(lengthMax: number): string {
  return `is longer than ${amount(lengthMax)} characters`;
}

function amount(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3 });
}
