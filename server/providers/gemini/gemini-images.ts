import type { Json } from '#shared/json.ts';
import { AppError } from '#shared/errors.ts';
import type { InputFile, RenderedFile, RenderProgress, RenderRequest, RenderVendor } from '../render-ports.ts';
import { createGeminiClient } from './gemini-client.ts';
import type { GeminiConfig } from './gemini-client.ts';
import { GEMINI_REFUSALS } from './wire.ts';
import type { GeminiAnswer } from './wire.ts';

/** Pictures of 4K take minutes at busy hours, and an answer that comes too late is paid all the same. */
const TIMEOUT_MS = 280_000;

/** Image models of Gemini. They answer in one request, so there are no tickets, and canceling stops only the waiting. */
export function createGeminiImages(config: GeminiConfig): RenderVendor {
  const generate = createGeminiClient({ ...config, resilience: { timeoutMs: TIMEOUT_MS, ...config.resilience } });
  return {
    start: async (request, signal) => {
      try {
        return progressOf(await generate({ model: request.endpoint, body: bodyOf(request), beforeSend: request.beforeSend }, signal));
      } catch (error) {
        return invalidOrThrow(error);
      }
    },
    poll: () => Promise.resolve({ kind: 'refused', reason: 'expired', message: 'Gemini answers at once and keeps no result.', charged: 'maybe' }),
    cancel: () => Promise.resolve('too_late'),
  };
}

/** Pictures go into the first message, after its text. */
function bodyOf({ body, files }: RenderRequest): RenderRequest['body'] {
  if (files.length === 0) return body;
  const [first, ...rest] = (body['contents'] ?? []) as readonly { readonly parts: readonly Json[] }[];
  return { ...body, contents: [{ ...first, parts: [...(first?.parts ?? []), ...files.map(inlinePart)] }, ...rest] };
}

const inlinePart = ({ mediaType, bytes }: InputFile): Json => ({ inlineData: { mimeType: mediaType, data: Buffer.from(bytes).toString('base64') } });

function progressOf(answer: GeminiAnswer): RenderProgress {
  const [candidate] = answer.candidates ?? [];
  const files = (candidate?.content?.parts ?? []).flatMap(({ thought, inlineData }): RenderedFile[] =>
    inlineData && !thought ? [{ bytes: Buffer.from(inlineData.data, 'base64'), mediaType: inlineData.mimeType, seed: null }] : [],
  );
  if (files.length > 0) return { kind: 'done', files, sentTokens: answer.usageMetadata?.promptTokenCount };
  const reason = answer.promptFeedback?.blockReason ?? candidate?.finishReason ?? '';
  // Output tokens are billed even when they hold no picture; a blocked prompt has none.
  const charged = (answer.usageMetadata?.candidatesTokenCount ?? 0) + (answer.usageMetadata?.thoughtsTokenCount ?? 0) > 0 ? 'maybe' : 'no';
  const isContent = answer.promptFeedback?.blockReason !== undefined || GEMINI_REFUSALS.includes(reason);
  return isContent
    ? { kind: 'refused', reason: 'content', message: 'Gemini refused this picture because of its content.', field: 'prompt', charged }
    : { kind: 'refused', reason: 'nothing_made', message: 'Gemini answered without a picture.', charged };
}

/** A request that Gemini finds invalid is a result; a wrong key or model is not. */
function invalidOrThrow(error: unknown): RenderProgress {
  const isInvalid =
    error instanceof AppError &&
    error.code === 'provider_rejected' &&
    error.context?.['vendorMessage'] !== undefined &&
    error.context['status'] === 400;
  if (!isInvalid) throw error;
  return { kind: 'refused', reason: 'invalid', message: 'Gemini does not accept these inputs.', charged: 'no' };
}
