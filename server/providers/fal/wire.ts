import { z } from 'zod';

const link = z.url().max(2_000);

/** Answer of a submit. */
export const falTicketWire = z.object({ request_id: z.string().min(1).max(200), status_url: link, response_url: link, cancel_url: link });

/** Answer of `…/status`, with status 202 or 200. */
export const falStatusWire = z.object({ status: z.enum(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']), queue_position: z.int().min(0).nullish() });

const picture = z.object({ url: z.string().min(1), content_type: z.string().max(100).nullish() });

/** A result: the models for pictures give a list, older ones a single picture, those for videos a video. */
export const falResultWire = z.object({
  images: z.array(picture).max(16).optional(),
  image: picture.optional(),
  video: picture.nullish(),
  seed: z.number().nullish(),
  /** One for each picture; a flagged one is black. */
  has_nsfw_concepts: z.array(z.boolean()).nullish(),
});
export type FalResult = z.output<typeof falResultWire>;

/** Errors of models; `detail` is a text for errors of the service. `msg` and `input` repeat the request, so they are never shown. */
export const falErrorWire = z.object({
  detail: z
    .union([z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])).default([]), type: z.string().max(100) })), z.string()])
    .optional(),
  error_type: z.string().max(100).optional(),
});
export type FalError = z.output<typeof falErrorWire>;
