import { AppError } from '#shared/errors.ts';
import type { z } from 'zod';
import { BodyTooLarge, send } from './transport.ts';
import type { TransportResponse } from './transport.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { cutText, storableText } from '#shared/domain/text.ts';

/** A vendor's response with any status. `body` is the parsed JSON, else the text, else null when empty. */
export interface RawResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** Aborts the request: canceled by the caller, or timed out. */
  readonly signal: AbortSignal;
  readonly bodyBytesMax?: number;
  readonly isFresh?: boolean;
}

/** The largest valid response, 20 full albums with their markets, is under 2 MB. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;

/** An escape that stands for NUL or for a half of a surrogate pair; it may be the half of a whole one. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/** The longest Retry-After seen in practice is a day. The cap limits the damage of a wrong value. */
const RETRY_AFTER_MS_MAX = 7 * DAY_MS;

/** Errors before a connection is established: the vendor cannot have received the request. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Sends one request and reads the whole response, whatever its status. Throws `provider_unavailable` (kind Transient) when there is none;
 * `context.sent` is false when the vendor cannot have received the request.
 */
export async function sendRequest(vendor: string, request: HttpRequest): Promise<RawResponse> {
  try {
    return toRawResponse(await sendForFile(vendor, request));
  } catch (error) {
    // JSON of that size is a fault of the server, which a later answer may not have. A file of that size stays as it is.
    if (!(error instanceof AppError) || error.context?.['kind'] !== 'TooLarge') throw error;
    throw unreachable(vendor, error, { timedOut: false, sent: true, path: new URL(request.url).pathname });
  }
}

/** As `sendRequest`, with the bytes of the body as they are. Throws `provider_rejected` (kind TooLarge) when the body is too large. */
export async function sendForFile(vendor: string, request: HttpRequest): Promise<TransportResponse> {
  try {
    return await send({
      method: request.method,
      url: request.url,
      headers: { accept: 'application/json', ...request.headers },
      body: request.body,
      signal: request.signal,
      bodyBytesMax: request.bodyBytesMax ?? BODY_BYTES_MAX,
      isFresh: request.isFresh,
    });
  } catch (cause) {
    if (cause instanceof BodyTooLarge) {
      const context = { kind: 'TooLarge', ambiguous: true, path: new URL(request.url).pathname };
      throw new AppError('provider_rejected', { message: `${vendor} sent a response that is too large.`, context, cause });
    }
    throw unreachable(vendor, cause, {
      timedOut: request.signal.aborted,
      sent: !NEVER_SENT.has(networkCode(cause)),
      path: new URL(request.url).pathname,
    });
  }
}

/** The error for a request without a response; `sent` is false when the vendor cannot have received it. */
export function unreachable(
  vendor: string,
  cause: unknown,
  { timedOut, ...facts }: { readonly timedOut: boolean; readonly sent: boolean; readonly path: string },
): AppError {
  return new AppError('provider_unavailable', {
    message: timedOut ? `${vendor} did not respond in time.` : `${vendor} could not be reached.`,
    remedy: 'Segue tries again automatically; act only if this persists.',
    context: { kind: 'Transient', ...facts },
    cause,
  });
}

/** The body of a response as JSON or text. */
export function toRawResponse({ bytes, ...answer }: TransportResponse): RawResponse {
  return { ...answer, body: parseTolerantly(bytes.toString('utf8')) };
}

/** The shortest wait after a rate limit, even when Retry-After says 0. */
const RETRY_AFTER_MS_MIN = 1_000;

/** The three date formats of RFC 9110, 5.6.7. Looser parsing would read "in 5 minutes" as a day in May. */
const HTTP_DATES = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/**
 * Milliseconds from a Retry-After header (seconds or HTTP-date), clamped to 1 second … 7 days; undefined when it is missing or invalid.
 * A date is compared with the response's Date header when present, because the local clock may be wrong by hours.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: Date): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  const isSeconds = /^\d+(\.\d+)?$/.test(value);
  const wait = isSeconds ? Math.ceil(Number(value) * 1000) : httpDate(value) - (httpDate(headers['date'] ?? '') || now.getTime());
  return Number.isNaN(wait) ? undefined : Math.min(RETRY_AFTER_MS_MAX, Math.max(RETRY_AFTER_MS_MIN, wait));
}

/** NaN for anything that is not an HTTP-date. */
function httpDate(text: string): number {
  if (!HTTP_DATES.some((form) => form.test(text))) return Number.NaN;
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
}

/** Parses the response body with the schema. Throws `provider_rejected` (kind UnknownForm) when it does not match. */
export function parseResponse<S extends z.ZodType>(vendor: string, schema: S, answer: RawResponse): z.output<S> {
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new AppError('provider_rejected', {
    message: `${vendor} sent a response that Segue cannot read.`,
    remedy: 'Try again. If it keeps failing, check for a newer version of Segue.',
    context: {
      kind: 'UnknownForm',
      status: answer.status,
      issues: parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`),
    },
    cause: parsed.error,
  });
}

/** Translates an error status of a vendor without its own error format. */
export function toVendorError(vendor: string, answer: RawResponse, now: Date): AppError {
  const { status } = answer;
  const wait = retryAfterMs(answer.headers, now);
  if (status === 429) {
    return new AppError('rate_limited', {
      message: `${vendor} rate-limited Segue.`,
      retryAfterMs: wait ?? 30_000,
      context: { kind: 'RateLimited', status },
    });
  }
  if (status >= 500 || status === 408) {
    return new AppError('provider_unavailable', {
      message: `${vendor} has a server error.`,
      remedy: 'Segue tries again automatically; act only if this persists.',
      retryAfterMs: wait,
      context: { kind: 'Transient', status },
    });
  }
  return new AppError('provider_rejected', {
    message: `${vendor} rejected the request.`,
    context: { kind: 'Rejected', status, vendorMessage: excerpt(answer.body) },
  });
}

/** The first 300 characters of a response body, for logs. */
export function excerpt(body: unknown): string {
  return cutText(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''), 300);
}

/**
 * Vendors send JSON, plain text, HTML or the word `null`, whatever the content type says. Text that Postgres cannot store is cleaned here, once for all
 * vendors. Decoded UTF-8 has no half of a surrogate pair, so in JSON only an escape can make one, or NUL.
 */
function parseTolerantly(text: string): unknown {
  if (text === '') return null;
  try {
    return UNSTORABLE_ESCAPE.test(text)
      ? JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value))
      : JSON.parse(text);
  } catch {
    return storableText(text);
  }
}

function networkCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
