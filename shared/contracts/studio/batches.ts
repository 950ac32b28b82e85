import { z } from 'zod';
import { nameInput, textInput, trimmedInput, wholeInput, instantInput } from '#shared/input-types.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { STUDIO_TASKS } from '#shared/vocabulary.ts';
import type { EstimateView } from './model-views.ts';
import type { RenderedAsset } from './render-views.ts';

/** The most renders of one batch, over all its parts. */
export const BATCH_RENDERS_MAX = 48;

const values = z.record(textInput(40), z.unknown());
const part = z.strictObject({
  /** An id of `generation.models.list`. */
  model: nameInput(80, 'Choose a model.'),
  /** What this part has besides the shared values, or instead of them. */
  values: values.default({}),
  /** Shared values that its model does not take. */
  without: z.array(textInput(40)).max(40).default([]),
  copies: wholeInput(1, 8).default(1),
});

/** One prompt for several models, several values, or both. Values that all parts share are sent once. */
export const estimateBatchInput = z.strictObject({
  task: z.enum(STUDIO_TASKS).default('text_to_image'),
  values: values.default({}),
  parts: z.array(part).min(1, 'Choose a model.').max(BATCH_RENDERS_MAX, `takes at most ${BATCH_RENDERS_MAX}`),
});
export type EstimateBatchInput = z.infer<typeof estimateBatchInput>;

export const requestBatchInput = z.strictObject({
  ...estimateBatchInput.shape,
  /** Made by the caller once for each click, so that nothing is paid twice; the renders have it as their `groupId`. */
  requestId: z.uuid(),
});
export type RequestBatchInput = z.infer<typeof requestBatchInput>;

export const batchInput = z.strictObject({ groupId: z.uuid() });
export type BatchInput = z.infer<typeof batchInput>;

export const writeBatchNoteInput = z.strictObject({ groupId: z.uuid(), /** Empty deletes it. */ note: trimmedInput(1_000) });
export type WriteBatchNoteInput = z.infer<typeof writeBatchNoteInput>;

/** What a person wrote about a batch; empty when nothing. */
export interface BatchNote {
  readonly note: string;
}

export const listPromptsInput = z.strictObject({
  /** Part of the prompt. */
  search: trimmedInput(200).optional(),
  cursor: z.strictObject({ createdAt: instantInput, groupId: z.uuid() }).optional(),
  limit: wholeInput(1, 50).default(12),
});
export type ListPromptsInput = z.infer<typeof listPromptsInput>;

/** What a batch would cost. `parts` has the cost of each part in order. */
export interface BatchEstimate extends EstimateView {
  readonly renders: number;
  readonly parts: readonly { readonly usdMicros: number }[];
}

/** What became of the renders of a batch that were in progress. */
export interface BatchCancellation {
  readonly canceled: number;
  /** Already at a vendor, which may charge for them; what comes is kept. */
  readonly stillCosting: number;
}

/** A batch as the history of prompts shows it. */
export interface PromptEntry {
  readonly groupId: string;
  readonly prompt: string;
  readonly task: StudioTask;
  /** Labels of its models. */
  readonly models: readonly string[];
  readonly renders: number;
  readonly pictures: number;
  /** What is known to be charged. */
  readonly chargeUsdMicros: number;
  readonly createdAt: string;
  /** At most five. */
  readonly assets: readonly Pick<RenderedAsset, 'id' | 'url' | 'previews' | 'mediaType' | 'thumbhash' | 'width' | 'height'>[];
}

export interface PromptPage {
  readonly items: readonly PromptEntry[];
  readonly nextCursor: { readonly createdAt: string; readonly groupId: string } | null;
}
