import { z } from 'zod';

/** Far above a picture of 4096 × 4096 pixels in base64. */
const BASE64_MAX = 96 * 1024 * 1024;

const part = z.object({
  text: z.string().optional(),
  /** Drafts and reasoning; never part of the answer. */
  thought: z.boolean().optional(),
  inlineData: z.object({ mimeType: z.string().max(100), data: z.string().max(BASE64_MAX) }).optional(),
});

/** Response of `models/{model}:generateContent`: candidates, or why the prompt was blocked; anything else is not Gemini's. Unknown fields are left out. */
export const geminiWire = z
  .object({
    candidates: z
      .array(z.object({ content: z.object({ parts: z.array(part).optional() }).optional(), finishReason: z.string().max(100).optional() }))
      .optional(),
    promptFeedback: z.object({ blockReason: z.string().max(100).optional() }).optional(),
    usageMetadata: z
      .object({
        promptTokenCount: z.int().min(0).optional(),
        candidatesTokenCount: z.int().min(0).optional(),
        thoughtsTokenCount: z.int().min(0).optional(),
      })
      .optional(),
  })
  .refine(({ candidates, promptFeedback }) => candidates !== undefined || promptFeedback !== undefined, 'has neither candidates nor promptFeedback');
export type GeminiAnswer = z.output<typeof geminiWire>;

/** Parts of `error.details` that say what to do. */
export const geminiErrorDetails = z.array(
  z
    .object({
      '@type': z.string().optional(),
      reason: z.string().optional(),
      retryDelay: z.string().optional(),
      fieldViolations: z.array(z.object({ field: z.string().optional() })).optional(),
      violations: z.array(z.object({ quotaId: z.string().optional() })).optional(),
    })
    .catch({}),
);

/** Why Gemini made nothing although it could: `content` is a refusal, the others are failures of the model. */
export const GEMINI_REFUSALS: readonly string[] = [
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
];
