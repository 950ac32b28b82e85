import { AppError } from '#shared/errors.ts';
import type { z } from 'zod';
import { send } from './transport.ts';

/** What a vendor said, before anybody judged it. `body` is the parsed JSON, else the text, else null for an empty answer. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request: the caller's wish, or the time limit of the attempt. */
  readonly signal: AbortSignal;
  readonly bodyBytesMax?: number;
}

/** The largest honest answer, twenty full albums with their markets, is under 2 MB. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;

/** The longest wait met in the wild is a day; a vendor that says more by mistake must not be lost for a year. */
const RETRY_AFTER_MS_MAX = 7 * 24 * 3_600_000;

/** Failures that happen before a connection stands: the vendor cannot have seen the request. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Sends one request and reads its whole answer. Any status is an answer. Throws `provider_unavailable` (kind Transient) when none came,
 * with `context.sent` false where the vendor cannot have seen the request.
 */
export async function exchange(vendor: string, request: HttpRequest): Promise<RawAnswer> {
  try {
    const { status, headers, text } = await send({
      method: request.method,
      url: request.url,
      headers: { accept: 'application/json', ...request.headers },
      body: request.body,
      signal: request.signal,
      bodyBytesMax: request.bodyBytesMax ?? BODY_BYTES_MAX,
    });
    return { status, headers, body: parseTolerantly(text) };
  } catch (cause) {
    const timedOut = request.signal.aborted;
    throw new AppError('provider_unavailable', {
      message: timedOut ? `${vendor} did not answer in time.` : `${vendor} could not be reached.`,
      remedy: 'It is tried again by itself; nothing has to be done unless it lasts.',
      context: { kind: 'Transient', sent: !NEVER_SENT.has(networkCode(cause)), path: new URL(request.url).pathname },
      cause,
    });
  }
}

/** Sooner than this nobody is asked again who told us to wait, even if what it told us was "now". */
const RETRY_AFTER_MS_MIN = 1_000;

/** The three forms of RFC 9110, 5.6.7. Anything looser would take "in 5 minutes" for a day in May. */
const HTTP_DATES = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/**
 * Milliseconds from a Retry-After header in seconds or as an HTTP-date, from a second to a week; undefined where it is missing or makes no sense.
 * A date is held against the vendor's own clock where its answer tells it: ours may be wrong by hours.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: Date): number | undefined {
  const said = headers['retry-after']?.trim();
  if (!said) return undefined;
  const isSeconds = /^\d+(\.\d+)?$/.test(said);
  const wait = isSeconds ? Math.ceil(Number(said) * 1000) : httpDate(said) - (httpDate(headers['date'] ?? '') || now.getTime());
  return Number.isNaN(wait) ? undefined : Math.min(RETRY_AFTER_MS_MAX, Math.max(RETRY_AFTER_MS_MIN, wait));
}

/** NaN for anything that is none. */
function httpDate(text: string): number {
  if (!HTTP_DATES.some((form) => form.test(text))) return Number.NaN;
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
}

/** The answer in the form we read. Throws `provider_rejected` (kind UnknownForm) for any other form. */
export function parseAnswer<S extends z.ZodType>(vendor: string, schema: S, answer: RawAnswer): z.output<S> {
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new AppError('provider_rejected', {
    message: `${vendor} answered in a form that Segue does not know.`,
    remedy: 'Try again; if it stays so, look for a newer version of Segue.',
    context: {
      kind: 'UnknownForm',
      status: answer.status,
      issues: parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`),
    },
    cause: parsed.error,
  });
}

/** What a plain HTTP vendor's refusal means, for vendors without a language of their own. */
export function refusalOf(vendor: string, answer: RawAnswer, now: Date): AppError {
  const { status } = answer;
  const wait = retryAfterMs(answer.headers, now);
  if (status === 429) {
    return new AppError('rate_limited', {
      message: `${vendor} asked us to slow down.`,
      retryAfterMs: wait ?? 30_000,
      context: { kind: 'RateLimited', status },
    });
  }
  if (status >= 500 || status === 408) {
    return new AppError('provider_unavailable', {
      message: `${vendor} has trouble at the moment.`,
      remedy: 'It is tried again by itself; nothing has to be done unless it lasts.',
      retryAfterMs: wait,
      context: { kind: 'Transient', status },
    });
  }
  return new AppError('provider_rejected', {
    message: `${vendor} refused the request.`,
    context: { kind: 'Rejected', status, said: excerpt(answer.body) },
  });
}

/** The start of what a vendor said, for logs. */
export function excerpt(body: unknown): string {
  return (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).slice(0, 300);
}

/** Vendors answer with JSON, plain text, HTML or the word `null`, whatever the content type says. */
function parseTolerantly(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function networkCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
