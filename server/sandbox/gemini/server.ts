import sharp from 'sharp';
import type { z } from 'zod';
import { drawSandboxPicture } from '#server/sandbox/drawn-picture.ts';
import { blendPicture, pictureSize } from '#server/sandbox/edited-picture.ts';
import { createPaidLog } from '#server/sandbox/paid-calls.ts';
import type { PaidLog } from '#server/sandbox/paid-calls.ts';
import { startSandboxVendor } from '#server/sandbox/sandbox-vendor.ts';
import type { SandboxVendor, VendorRequest, VendorResponse } from '#server/sandbox/sandbox-vendor.ts';
import { textHash } from '#server/sandbox/text-hash.ts';
import { isRefusedPrompt } from '#server/sandbox/refused-prompt.ts';
import { geminiPrice, imageRequest, picturesOf, promptOf, textRequest, tokensOf } from './requests.ts';
import type { ImageRequest, TextRequest } from './requests.ts';
import { answerForSchema } from './schema-answer.ts';
import { answerForVibe, asksForVibe } from './vibe-answer.ts';

const IMAGE_MODELS = ['gemini-nano-banana-2.1', 'gemini-3-pro-image'];
const TEXT_MODELS = ['gemini-3.8-flash', 'gemini-4-argon', 'gemini-3.6-flash', 'gemini-3.5-flash-lite'];
const PIXELS = { '1K': 1024, '2K': 2048, '4K': 4096 } as const;
/** The most pictures of one request. */
const PICTURES_MAX = 14;
/** Fifteen-megabyte pictures may be sent along. */
const BODY_BYTES_MAX = 32 * 1024 * 1024;

/** Faults that the sandbox's Gemini plays with `plays`. */
const FAULTS = {
  rate_limited: () => problem(429, 'RESOURCE_EXHAUSTED', [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '37s' }]),
  daily_quota: () =>
    problem(429, 'RESOURCE_EXHAUSTED', [
      { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel' }] },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34210.5s' },
    ]),
  overloaded: () => problem(503, 'UNAVAILABLE'),
  internal: () => problem(500, 'INTERNAL'),
  deadline: () => problem(504, 'DEADLINE_EXCEEDED'),
  invalid_key: () => problem(400, 'INVALID_ARGUMENT', [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }]),
  /** Refused with status 200. */
  content_filtered: () => finished('IMAGE_SAFETY'),
  text_filtered: () => finished('PROHIBITED_CONTENT'),
  blocked_prompt: () => ({
    status: 200,
    body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 9, totalTokenCount: 9 } },
  }),
  /** All tokens went into thoughts. */
  max_tokens: () => finished('MAX_TOKENS', [{ text: 'Considering the request', thought: true }], { made: 1_024 }),
  bad_json: () => finished('STOP', [{ text: '{"titles": [' }], { made: 12 }),
} as const satisfies Record<string, () => VendorResponse>;

export interface GeminiSandbox extends SandboxVendor {
  readonly paid: PaidLog['list'];
}

/** The Gemini sandbox: `POST /v1beta/models/{model}:generateContent`. Answers contain thoughts and several parts, as those of the real service do. */
export async function startGeminiSandbox({ port = 0 }: { readonly port?: number } = {}): Promise<GeminiSandbox> {
  const paid = createPaidLog();
  const vendor = await startSandboxVendor(port, (request) => answer(request, paid), { bodyBytesMax: BODY_BYTES_MAX });
  return { ...vendor, paid: paid.list };
}

async function answer(request: VendorRequest, paid: PaidLog): Promise<VendorResponse> {
  const key = request.headers['x-goog-api-key'];
  if (typeof key !== 'string' || key === '') return problem(403, 'PERMISSION_DENIED');
  if (key.startsWith('wrong')) return FAULTS.invalid_key();
  const model = /^\/v1beta\/models\/([\w.-]+):generateContent$/.exec(request.path)?.[1];
  if (request.method !== 'POST' || model === undefined || ![...IMAGE_MODELS, ...TEXT_MODELS].includes(model)) return problem(404, 'NOT_FOUND');
  const body = jsonOf(request.body);
  const isImage = IMAGE_MODELS.includes(model);
  const parsed = (isImage ? imageRequest : textRequest).safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  const fault = Object.entries(FAULTS).find(([name]) => name === request.plays)?.[1];
  if (fault) return fault();
  return isImage ? makePicture(parsed.data as ImageRequest, { model, paid, plays: request.plays }) : writeText(parsed.data as TextRequest);
}

async function makePicture(
  request: ImageRequest,
  { model, paid, plays }: { readonly model: string; readonly paid: PaidLog; readonly plays: string | undefined },
): Promise<VendorResponse> {
  const prompt = promptOf(request);
  if (isRefusedPrompt(prompt)) return FAULTS.content_filtered();
  const { aspectRatio, imageSize } = request.generationConfig.imageConfig;
  const sent = picturesOf(request);
  if (sent.length > PICTURES_MAX || (await Promise.all(sent.map(pictureSize))).includes(undefined)) return problem(400, 'INVALID_ARGUMENT');
  paid.add({ vendor: 'gemini', requestId: responseId(prompt), endpoint: model, prompt, usdMicros: geminiPrice(request) });
  if (plays === 'no_image') return finished('NO_IMAGE', [{ text: 'I could not draw this.' }], { made: 14, sent: tokensOf(request) });
  const [across = 1, down = 1] = aspectRatio.split(':').map(Number);
  const scale = PIXELS[imageSize] / Math.sqrt(across * down);
  const order = { prompt, width: Math.round(across * scale), height: Math.round(down * scale), format: 'png' } as const;
  const draft = await drawSandboxPicture({ ...order, seed: 1, width: 64, height: 64 });
  // It takes no seed: every picture is another one.
  const [first, ...others] = sent;
  const seed = paid.list().length;
  const picture = await (first ? combine(first, others, { prompt, seed }) : drawSandboxPicture({ ...order, seed }));
  return finished('STOP', [{ text: 'A first draft', thought: true }, { inlineData: inline(draft), thought: true }, { inlineData: inline(picture) }], {
    made: 1_290,
    sent: tokensOf(request),
  });
}

/** The first picture, changed, with the others laid into its corner. */
async function combine(
  first: Buffer,
  others: readonly Buffer[],
  { prompt, seed }: { readonly prompt: string; readonly seed: number },
): Promise<Buffer> {
  const changed = sharp(await blendPicture({ picture: first, prompt, seed, format: 'png', strength: 0.3 }));
  const { width } = await changed.metadata();
  const side = Math.max(1, Math.floor(width / 8));
  const tiles = await Promise.all(others.map((each) => sharp(each).flatten().resize(side, side, { fit: 'cover' }).png().toBuffer()));
  return changed
    .composite(tiles.map((input, index) => ({ input, left: (index % 8) * side, top: Math.floor(index / 8) * side })))
    .png()
    .toBuffer();
}

const inline = (bytes: Buffer) => ({ mimeType: 'image/png', data: bytes.toString('base64') });

function writeText(request: TextRequest): VendorResponse {
  const prompt = promptOf(request);
  if (isRefusedPrompt(prompt)) return FAULTS.text_filtered();
  const { responseSchema, maxOutputTokens = 8_192 } = request.generationConfig;
  const text = responseSchema
    ? JSON.stringify(asksForVibe(responseSchema) ? answerForVibe(prompt) : answerForSchema(responseSchema, prompt))
    : 'Understood.';
  const tokens = Math.ceil(text.length / 4);
  if (tokens > maxOutputTokens) return FAULTS.max_tokens();
  const middle = Math.floor(text.length / 2);
  return finished('STOP', [{ text: '{"thinking":', thought: true }, { text: text.slice(0, middle) }, { text: text.slice(middle) }], { made: tokens });
}

const responseId = (prompt: string) => `sandbox-${textHash(prompt).toString(16)}`;

function finished(
  finishReason: string,
  parts: readonly object[] = [],
  { made = 0, sent = 20 }: { readonly made?: number; readonly sent?: number } = {},
): VendorResponse {
  const content = parts.length === 0 ? {} : { content: { role: 'model', parts } };
  const usageMetadata = {
    promptTokenCount: sent,
    candidatesTokenCount: made,
    thoughtsTokenCount: parts.length > 1 ? 40 : 0,
    totalTokenCount: 40 + sent + made,
  };
  return { status: 200, body: { candidates: [{ ...content, finishReason, index: 0 }], usageMetadata, modelVersion: 'sandbox' } };
}

function problem(code: number, status: string, details: readonly object[] = []): VendorResponse {
  return { status: code, body: { error: { code, message: `The sandbox answers ${status}.`, status, ...(details.length > 0 ? { details } : {}) } } };
}

function invalid(error: z.ZodError): VendorResponse {
  const fieldViolations = error.issues.slice(0, 3).map(({ path, message }) => ({ field: path.join('.'), description: message }));
  return problem(400, 'INVALID_ARGUMENT', [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations }]);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
