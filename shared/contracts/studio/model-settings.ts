import { z } from 'zod';
import type { ModelPrice } from '#shared/domain/studio/offered-model.ts';
import type { ModelState } from '#shared/domain/studio/model-state.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { nameInput, wholeInput } from '#shared/input-types.ts';
import { ROLES, STUDIO_TASKS } from '#shared/vocabulary.ts';
import type { Role, StudioTask, StudioVendor } from '#shared/vocabulary.ts';

/** A hundred dollars a unit: above any price list. */
const PRICE_MAX = 100_000_000;

/** Changes what is given. */
export const setModelInput = z.strictObject({
  model: nameInput(80, 'Choose a model.'),
  isOn: z.boolean('must be on or off').optional(),
  roles: z
    .array(z.enum(ROLES))
    .max(ROLES.length)
    .refine((roles) => roles.includes('admin'), 'always includes administrators')
    .optional(),
  /** Millionths of a US dollar per unit; null takes the vendor's price, or the registry's. */
  priceUsdMicros: wholeInput(0, PRICE_MAX).nullable().optional(),
  /** All tasks for which it is chosen first; another model that was, is not any more. */
  defaultFor: z.array(z.enum(STUDIO_TASKS)).max(STUDIO_TASKS.length).optional(),
});
export type SetModelInput = z.infer<typeof setModelInput>;

/** A model as the operator sees it. */
export interface ModelSettingsView {
  readonly id: string;
  readonly label: string;
  readonly goodFor: string;
  readonly vendor: StudioVendor;
  readonly vendorName: string;
  readonly tasks: readonly StudioTask[];
  readonly isOn: boolean;
  readonly roles: readonly Role[];
  readonly state: ModelState;
  /** Why nobody can use it now, as a sentence, besides being off: no key, or its time is over. */
  readonly unavailableBecause: string | null;
  readonly unit: Model['price']['unit'];
  readonly price: ModelPrice;
  /** The price without the operator's. */
  readonly listPrice: ModelPrice;
  /** Why the last reading of the vendor's price failed; null when it did not, and for a vendor without a price list. */
  readonly priceProblem: string | null;
  readonly defaultFor: readonly StudioTask[];
  /** The seconds that its last ten runs took, newest first. */
  readonly runs: readonly number[];
  readonly recentSeconds: number | null;
}

/** A changed model, and what became of its renders. */
export interface ModelChanged {
  readonly settings: ModelSettingsView;
  /** Renders that were not sent yet and ended because it was turned off. They cost nothing. */
  readonly ended: number;
}
