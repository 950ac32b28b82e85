import { z } from 'zod';
import type { CostForecast } from '#shared/domain/studio/cost-forecast.ts';
import { userId } from '#shared/ids.ts';
import type { RenderId } from '#shared/ids.ts';
import { RENDER_REFUSALS, STUDIO_VENDORS } from '#shared/vocabulary.ts';
import type { RenderRefusal, StudioVendor } from '#shared/vocabulary.ts';
import { monthInput } from './usage.ts';

/** A person of the ledger: somebody with an account, or the operator and the network. */
const person = z.union([z.literal('operator'), userId]).optional();

export const usageFiguresInput = z.strictObject({ month: monthInput, person });
export type UsageFiguresInput = z.infer<typeof usageFiguresInput>;

export const showRefusedPromptsInput = z.strictObject({
  month: monthInput,
  person,
  vendor: z.enum(STUDIO_VENDORS),
  reason: z.enum(RENDER_REFUSALS),
});
export type ShowRefusedPromptsInput = z.infer<typeof showRefusedPromptsInput>;

/** How renders ended, and how long the successful ones took. Canceled ones and those that go on are left out. */
interface Results {
  readonly done: number;
  readonly refused: number;
  readonly failed: number;
  readonly unknown: number;
  /** Share of these that are done, 0 to 1; null when there is none. */
  readonly successRate: number | null;
  /** Seconds from the request that left to the picture that is stored; null when none is done. */
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
}

/** A model in a month. */
export interface ModelFigures extends Results {
  /** Null: renders of people who were deleted, whose model is not known any more. */
  readonly model: string | null;
  readonly label: string | null;
  readonly vendor: StudioVendor;
  readonly renders: number;
  readonly usdMicros: number;
  /** Renders of each of `UsageFigures.days`. */
  readonly perDay: readonly number[];
}

/** A month in figures. Costs are what was charged, and what is reserved or unknown. */
export interface UsageFigures {
  readonly month: string;
  /** The days of the month up to today. */
  readonly days: readonly { readonly day: string; readonly renders: number; readonly usdMicros: number }[];
  readonly renders: number;
  readonly usdMicros: number;
  readonly all: Results;
  /** The most used first. */
  readonly models: readonly ModelFigures[];
  /** The most frequent first. */
  readonly refusals: readonly {
    readonly vendor: StudioVendor;
    readonly reason: RenderRefusal;
    readonly renders: number;
    readonly charged: number;
    readonly usdMicros: number;
  }[];
  /** The most frequent first, at most ten. */
  readonly failures: readonly { readonly vendor: StudioVendor; readonly reason: string; readonly renders: number }[];
  /** Null for a month that is over, and while there is no whole day on record. */
  readonly forecast: CostForecast | null;
}

/** Prompts that a vendor refused; that they were shown is in the audit log. */
export interface RefusedPrompts {
  readonly prompts: readonly {
    readonly renderId: RenderId;
    readonly at: string;
    /** Null: the operator or the network. */
    readonly name: string | null;
    readonly modelLabel: string;
    /** Null for a model without a prompt. */
    readonly prompt: string | null;
  }[];
}
