import type { Model } from './model.ts';

/** A price as a vendor's list gives it. */
export interface ListedPrice {
  readonly endpoint: string;
  readonly unitPrice: number;
  readonly unit: string;
  readonly currency: string;
}

/** A price in our units, or why it cannot be used. */
export type ReadPrice = { readonly kind: 'read'; readonly usdMicros: number } | { readonly kind: 'unusable'; readonly problem: string };

/** The words of fal's list for our units. It calls a picture of one megapixel an image, too. */
const UNITS: Readonly<Record<Model['price']['unit'], RegExp>> = {
  image: /^images?$/i,
  megapixel: /^(?:megapixels?|images?)$/i,
  second: /^(?:seconds?|video seconds?)$/i,
};

/** Reads a listed price for a model of the registry. Another unit or currency is never converted by guessing. */
export function readListedPrice({ price }: Model, { unitPrice, unit, currency }: ListedPrice): ReadPrice {
  if (currency.toUpperCase() !== 'USD') return { kind: 'unusable', problem: `The price is in ${currency}, not in US dollars.` };
  if (!UNITS[price.unit].test(unit.trim())) return { kind: 'unusable', problem: `The price is per ${unit}, not per ${price.unit}.` };
  const usdMicros = Math.round(unitPrice * 1_000_000);
  if (!Number.isSafeInteger(usdMicros) || usdMicros <= 0) return { kind: 'unusable', problem: 'The price is not above zero.' };
  return { kind: 'read', usdMicros };
}
