import { AppError } from '#shared/errors.ts';
import { retryAfterMs, sendForFile, toRawResponse, toVendorError } from '../http.ts';
import type { RawResponse } from '../http.ts';
import type { RequestBudget } from '../ports.ts';
import type { RenderProgress, RenderRequest, RenderVendor } from '../render-ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { inputOfWire } from '../wire-fields.ts';
import { stabilityErrorWire } from './wire.ts';

const VENDOR = 'Stability';
/** An answer that comes too late is paid all the same. */
const TIMEOUT_MS = 240_000;
/** Above a PNG of four megapixels without compression. */
const PICTURE_BYTES_MAX = 48 * 1024 * 1024;
/** Without Retry-After: an app that exceeds 150 requests in ten seconds is refused for a minute. */
const RATE_LIMIT_MS = 60_000;

export interface StabilityConfig {
  /** Without a path, such as https://api.stability.ai. */
  readonly url: string;
  readonly apiKey: string;
  readonly budget: RequestBudget;
  readonly now: () => Date;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'breakerState' | 'random'> | undefined;
}

type FileResponse = Awaited<ReturnType<typeof sendForFile>>;

/** Image models of Stability AI. They answer in one request, so there are no tickets, and canceling stops only the waiting. */
export function createStability({ url, apiKey, budget, now, resilience }: StabilityConfig): RenderVendor {
  const policy = createResilience({ timeoutMs: TIMEOUT_MS, ...resilience, vendor: VENDOR, budget, now });
  return {
    start: async (request, signal) => {
      const form = await encodeForm(request);
      const attempt = async (attemptSignal: AbortSignal): Promise<RenderProgress> => {
        const response = await sendForFile(VENDOR, {
          method: 'POST',
          url: `${url.replace(/\/+$/, '')}/v2beta/stable-image/${request.endpoint}`,
          headers: { authorization: `Bearer ${apiKey}`, accept: 'image/*', 'content-type': form.type, 'stability-client-id': 'segue' },
          body: form.bytes,
          signal: attemptSignal,
          bodyBytesMax: PICTURE_BYTES_MAX,
          isFresh: true,
        });
        return response.status === 200 ? pictureOf(response) : refusalOf(toRawResponse(response), { endpoint: request.endpoint, now: now() });
      };
      return policy.run({ idempotent: false, repeatsFailed: true, signal, attempt, beforeSend: request.beforeSend });
    },
    poll: () => Promise.resolve({ kind: 'refused', reason: 'expired', message: 'Stability answers at once and keeps no result.', charged: 'maybe' }),
    cancel: () => Promise.resolve('too_late'),
  };
}

/** Stability takes multipart/form-data only, also without files. */
async function encodeForm({ body, files }: RenderRequest): Promise<{ readonly type: string; readonly bytes: Uint8Array }> {
  const form = new FormData();
  for (const [field, value] of Object.entries(body)) form.append(field, typeof value === 'string' ? value : JSON.stringify(value));
  for (const { field, bytes, mediaType } of files) form.append(field, new Blob([new Uint8Array(bytes)], { type: mediaType }), field);
  const encoded = new Response(form);
  return { type: encoded.headers.get('content-type') ?? '', bytes: new Uint8Array(await encoded.arrayBuffer()) };
}

/** CONTENT_FILTERED comes with status 200 and a blurred picture. */
function pictureOf({ headers, bytes }: FileResponse): RenderProgress {
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (headers['finish-reason'] === 'CONTENT_FILTERED') return refused('content', 'maybe', 'prompt');
  if (!mediaType.startsWith('image/') || bytes.length === 0) {
    throw new AppError('provider_rejected', {
      message: 'Stability sent a response that Segue cannot read.',
      remedy: 'Try again. If it keeps failing, check for a newer version of Segue.',
      context: { kind: 'UnknownForm', ambiguous: true, mediaType },
    });
  }
  return { kind: 'done', files: [{ bytes, mediaType, seed: /^\d{1,20}$/.exec(headers['seed'] ?? '')?.[0] ?? null }] };
}

/** Statuses that end the request without a picture; throws for those about the key, the limit or the service. */
function refusalOf(response: RawResponse, { endpoint, now }: { readonly endpoint: string; readonly now: Date }): RenderProgress {
  const { status } = response;
  const error = stabilityErrorWire.safeParse(response.body).data;
  if (status === 400 || status === 422)
    return refused('invalid', 'no', inputOfWire('stability', endpoint, /^(\w+)/.exec(error?.errors[0] ?? '')?.[1]));
  if (status === 413) return refused('invalid', 'no', 'image');
  if (status === 402) return refused('credits', 'no');
  if (status === 403 && error?.name === 'content_moderation') return refused('content', 'no', 'prompt');
  if (status === 401 || status === 403) {
    throw new AppError('provider_rejected', {
      message: 'Stability does not accept the API key.',
      remedy: 'Ask the operator to check STABILITY_API_KEY.',
      context: { kind: 'Rejected', status },
    });
  }
  throw status === 429 ? rateLimited(retryAfterMs(response.headers, now)) : unexpected(response, { isAnswered: error !== undefined, now });
}

function rateLimited(waitMs = RATE_LIMIT_MS): AppError {
  return new AppError('rate_limited', {
    message: 'Stability rate-limited Segue.',
    retryAfterMs: waitMs,
    context: { kind: 'RateLimited', status: 429 },
  });
}

/** Stability charges for pictures only, so a failure in its own format cost nothing; a proxy's page says nothing about it. The body is not kept: it may repeat the prompt. */
function unexpected(response: RawResponse, { isAnswered, now }: { readonly isAnswered: boolean; readonly now: Date }): AppError {
  const { code, message, remedy, retryAfterMs: waitMs, context } = toVendorError(VENDOR, { ...response, body: null }, now);
  return new AppError(code, { message, remedy, retryAfterMs: waitMs, context: { ...context, ambiguous: response.status >= 500 && !isAnswered } });
}

const MESSAGES = {
  content: 'Stability refused this picture because of its content.',
  invalid: 'Stability does not accept one of the inputs.',
  credits: 'The Stability account has no credits left.',
} as const;

function refused(reason: keyof typeof MESSAGES, charged: 'no' | 'maybe', field?: string): RenderProgress {
  return { kind: 'refused', reason, message: MESSAGES[reason], field, charged };
}
