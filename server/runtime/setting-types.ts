import { z } from 'zod';

/** A whole number; `remedy` ends the sentence that refuses another value. */
export const wholeSetting = (from: number, to: number, remedy: string) =>
  z.string().transform((text, context) => {
    const value = Number(text);
    if (/^\d{1,9}$/.test(text) && value >= from && value <= to) return value;
    context.addIssue(`is not a whole number from ${from} to ${to}: ${remedy}`);
    return z.NEVER;
  });

/** An http or https address without slashes at its end. */
export const webAddress = (example: string) =>
  z
    .string()
    .refine(isWebAddress, `is not an http or https address: write it like ${example}`)
    .transform((text) => text.replace(/\/+$/, ''));

/** One of these words. */
export const choiceSetting = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `is not one of ${values.join(', ')}: use one of them, or leave it out`);

/** Header values: no spaces, no line breaks. */
export const apiKey = z
  .string()
  .regex(/^[!-~]+$/, 'is not an API key: copy it again, without spaces')
  .optional();

/** True for an address with http or https. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
