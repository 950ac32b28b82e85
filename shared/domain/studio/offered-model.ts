import { dayOf } from '#shared/domain/days.ts';
import type { Role } from '#shared/vocabulary.ts';
import type { Model } from './model.ts';

/** What the operator and the vendor say of a model. */
export interface ModelSettings {
  readonly isOn: boolean;
  readonly roles: readonly Role[];
  /** The operator's price per unit; null is the vendor's, or the registry's. */
  readonly priceUsdMicros: number | null;
  readonly priceSetAt: Date | null;
  readonly vendorUsdMicros: number | null;
  readonly vendorReadAt: Date | null;
}

/** A model about which nobody has said anything. */
export const MODEL_SETTINGS: ModelSettings = {
  isOn: true,
  roles: ['listener', 'admin'],
  priceUsdMicros: null,
  priceSetAt: null,
  vendorUsdMicros: null,
  vendorReadAt: null,
};

/** The price of a unit, who gave it, and on which day. */
export interface ModelPrice {
  readonly usdMicros: number;
  readonly source: 'operator' | 'vendor' | 'registry';
  readonly day: string;
}

/** The price that holds: the operator's before the vendor's before the registry's. */
export function modelPrice({ price }: Model, settings: ModelSettings): ModelPrice {
  const { priceUsdMicros, priceSetAt, vendorUsdMicros, vendorReadAt } = settings;
  if (priceUsdMicros !== null && priceSetAt) return { usdMicros: priceUsdMicros, source: 'operator', day: dayOf(priceSetAt) };
  if (vendorUsdMicros !== null && vendorReadAt) return { usdMicros: vendorUsdMicros, source: 'vendor', day: dayOf(vendorReadAt) };
  return { usdMicros: price.usdMicros, source: 'registry', day: price.checked };
}

/** The model at the price that holds. */
export function pricedModel(model: Model, settings: ModelSettings): Model {
  const { usdMicros, day } = modelPrice(model, settings);
  return { ...model, price: { ...model.price, usdMicros, checked: day } };
}

/** Why somebody with this role may not use a model, as a sentence; null when they may. */
export function blockedBecause({ label }: Model, { isOn, roles }: ModelSettings, role: Role): string | null {
  if (!isOn) return `The operator has turned ${label} off.`;
  return roles.includes(role) ? null : `The operator keeps ${label} for administrators.`;
}
