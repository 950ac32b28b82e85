import { z } from 'zod';
import { renderId } from '#shared/ids.ts';
import { instantInput, nameInput, textInput, trimmedInput, wholeInput } from '#shared/input-types.ts';
import { RENDER_STATES, STUDIO_TASKS } from '#shared/vocabulary.ts';

/** The most renders of one request. */
const COPIES_MAX = 8;

const modelInput = {
  /** An id of `generation.models.list`. */
  model: nameInput(80, 'Choose a model.'),
  task: z.enum(STUDIO_TASKS).default('text_to_image'),
  /**
   * By input of the model, as its form gives them; the registry checks them strictly. Pictures are ids of the person's own assets: `image` is a list, the
   * start image of a video its only entry, `mask` the id of a stored mask of that picture.
   */
  values: z.record(textInput(40), z.unknown()).default({}),
  /** How many renders of the same values; each draws its own seed when none is given. */
  copies: wholeInput(1, COPIES_MAX).default(1),
};

export const estimateRendersInput = z.strictObject(modelInput);
export type EstimateRendersInput = z.infer<typeof estimateRendersInput>;

/** What the renders are for, as the audit of covers keeps it. */
const aboutInput = z.strictObject({
  playlistUrl: textInput(2_000).optional(),
  title: trimmedInput(500).optional(),
  genres: z.array(textInput(80)).max(12).default([]),
  mood: trimmedInput(200).optional(),
});

export const requestRendersInput = z.strictObject({
  ...modelInput,
  /** Made by the caller once for each click: the same request sent again returns the renders of the first, and nothing is paid twice. */
  requestId: z.uuid().optional(),
  about: aboutInput.prefault({}),
});
export type RequestRendersInput = z.infer<typeof requestRendersInput>;

export const renderInput = z.strictObject({ renderId });
export type RenderInput = z.infer<typeof renderInput>;

export const listRendersInput = z.strictObject({
  states: z.array(z.enum(RENDER_STATES)).min(1).max(RENDER_STATES.length).optional(),
  /** Only the renders that were requested together. */
  groupId: z.uuid().optional(),
  /** `nextCursor` of the page before. */
  cursor: z.strictObject({ createdAt: instantInput, id: renderId }).optional(),
  limit: wholeInput(1, 100).default(30),
});
export type ListRendersInput = z.infer<typeof listRendersInput>;
