import { z } from 'zod';
import type { Model } from '#shared/domain/studio/model.ts';
import type { ModelState } from '#shared/domain/studio/model-state.ts';
import { STUDIO_TASKS } from '#shared/vocabulary.ts';
import type { StudioTask } from '#shared/vocabulary.ts';

export const listModelsInput = z.strictObject({ task: z.enum(STUDIO_TASKS).optional() });
export type ListModelsInput = z.infer<typeof listModelsInput>;

/** A model as the picker shows it. `model` is the registry's entry: `formFor`, `zodFor` and `changeModel` work with it in the browser. */
export interface ModelView {
  readonly model: Model;
  readonly state: ModelState;
  /** Why it cannot be used now, as a sentence; null when it can. */
  readonly unavailableBecause: string | null;
  /** With the defaults, in millionths of a US dollar. A price per megapixel is for one, where the picture decides. */
  readonly fromUsdMicros: number;
  /** The day on which the price was read, or set by the operator. */
  readonly priceDay: string;
  /** The seconds that its last ten runs took, newest first. */
  readonly runs: readonly number[];
  /** The middle of them; null when it has not run. */
  readonly recentSeconds: number | null;
  /** The tasks for which the operator made it the first choice. */
  readonly defaultFor: readonly StudioTask[];
}

/** What renders would cost, and what would be left of the month. */
export interface EstimateView {
  /** Of all copies together. */
  readonly usdMicros: number;
  /** After the renders; null is no limit. Negative when they do not fit. */
  readonly rendersLeft: number | null;
  readonly usdMicrosLeft: number | null;
  readonly fits: boolean;
  /** Why they do not fit and when the month ends, as a sentence; null when they do. */
  readonly says: string | null;
  /** When the next month begins. */
  readonly resetsAt: string;
}
