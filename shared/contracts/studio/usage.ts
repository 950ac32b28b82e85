import { z } from 'zod';
import { renderId, userId } from '#shared/ids.ts';
import type { RenderId, UserId } from '#shared/ids.ts';
import { studioSettingsBody } from '#shared/contracts/settings.ts';
import { dayInput, wholeInput } from '#shared/input-types.ts';
import type { CostState, Role, StudioVendor } from '#shared/vocabulary.ts';

/** $1,000,000 a month. */
const USD_MICROS_MAX = 1_000_000_000_000;

/** A month is its first day in UTC; the present one when absent. */
export const monthInput = dayInput.refine((day) => day.endsWith('-01'), 'is not the first day of a month').optional();

export const networkUsageInput = z.strictObject({ month: monthInput });
export type NetworkUsageInput = z.infer<typeof networkUsageInput>;

/** Null takes the setting of the role; to forbid renders, set 0. */
export const setLimitsInput = z.strictObject({
  userId,
  rendersPerMonth: wholeInput(0, 1_000_000).nullable(),
  usdMicrosPerMonth: wholeInput(0, USD_MICROS_MAX).nullable(),
});
export type SetLimitsInput = z.infer<typeof setLimitsInput>;

export const personInput = z.strictObject({ userId });
export type PersonInput = z.infer<typeof personInput>;

/** What suspending a person did. */
export interface SuspendedPerson {
  /** Renders that were waiting and ended without cost. */
  readonly endedRenders: number;
}

/** What the vendor's own bill says about a render whose cost is not known. */
export const decideCostInput = z.strictObject({ renderId, decision: z.enum(['charged', 'refunded']) });
export type DecideCostInput = z.infer<typeof decideCostInput>;

export const saveStudioSettingsInput = studioSettingsBody;

/** What counts against a limit; a null limit is none. */
export interface UsedOf {
  readonly used: number;
  readonly limit: number | null;
}

/** A person's month. */
export interface UsageView {
  readonly month: string;
  readonly renders: UsedOf;
  readonly usdMicros: UsedOf;
  /** When the next month begins. */
  readonly resetsAt: string;
}

/** One row of the operator's table. */
export interface PersonUsage {
  /** Null: the operator with the admin key, and the network's own covers. */
  readonly userId: UserId | null;
  /** Null when the person was deleted; the costs stay. */
  readonly name: string | null;
  readonly role: Role | null;
  readonly renders: UsedOf;
  readonly usdMicros: UsedOf;
  /** The person's own limits; null takes the setting of the role. */
  readonly ownLimits: { readonly rendersPerMonth: number | null; readonly usdMicrosPerMonth: number | null } | null;
  /** Null unless the person is suspended. */
  readonly suspendedAt: string | null;
  /** True for the caller, who cannot suspend themself. */
  readonly isYou: boolean;
  /** Renders that are not sent yet, and those that a vendor has. */
  readonly waiting: number;
  readonly running: number;
  /** Null: none, or not known. */
  readonly lastRenderAt: string | null;
}

/** A render whose cost counts against the limit until somebody decides it. */
export interface UnknownCost {
  readonly renderId: RenderId;
  readonly vendor: StudioVendor;
  readonly model: string | null;
  readonly name: string | null;
  readonly usdMicros: number;
  readonly at: string;
}

/** Everybody's month, and what the ledger says. */
export interface NetworkUsageView {
  readonly month: string;
  readonly people: readonly PersonUsage[];
  readonly ledger: readonly {
    readonly vendor: StudioVendor;
    readonly state: CostState;
    readonly renders: number;
    readonly usdMicros: number;
  }[];
  readonly unknown: readonly UnknownCost[];
  readonly settings: z.infer<typeof studioSettingsBody>;
}
