import { GoogleGenerativeAIFetchError } from '@google/generative-ai';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { cutText } from '#shared/domain/text.ts';
import { AppError } from '#shared/errors.ts';
import { unreachable } from '../http.ts';
import { geminiErrorDetails } from './wire.ts';

const VENDOR = 'Gemini';
/** Without RetryInfo; the budgets of Gemini are per minute. */
const RETRY_MS = 30_000;
const WAIT_MS_MAX = 7 * DAY_MS;
/** Statuses of Google’s own error format: Gemini answered, nothing was made, and Google does not charge for it. */
const ANSWERED = new Set([500, 503, 504]);

interface GeminiFailure {
  readonly wasSent: boolean;
  readonly timedOut: boolean;
  readonly path: string;
}

/** Translates what Google's client throws. Its messages contain the address and the request, so they only go to `context`, without the prompt. */
export function geminiError(error: unknown, { wasSent, timedOut, path }: GeminiFailure): AppError {
  if (error instanceof AppError) return error;
  // The client reads the body of a success as JSON; a page of a proxy is none.
  if (error instanceof SyntaxError) return unreadableAnswer(['The body is not JSON.']);
  if (!(error instanceof GoogleGenerativeAIFetchError)) return unreachable(VENDOR, error, { timedOut, sent: wasSent, path });
  const { status = 0 } = error;
  const { data: details = [] } = geminiErrorDetails.safeParse(error.errorDetails ?? []);
  const context = { status, path, reasons: details.flatMap(({ reason }) => reason ?? []).slice(0, 3) };
  if (status === 429) {
    const isDaily = details.some(({ violations }) => violations?.some(({ quotaId }) => /perday/i.test(quotaId ?? '')));
    return new AppError('rate_limited', {
      message: isDaily ? 'The day’s quota at Gemini is used up.' : 'Gemini rate-limited Segue.',
      retryAfterMs: retryDelayMs(details) ?? RETRY_MS,
      context: { kind: 'RateLimited', ...context },
    });
  }
  if (status >= 500 || status === 408) {
    return new AppError('provider_unavailable', {
      message: 'Gemini has a server error.',
      remedy: 'Segue tries again automatically; act only if this persists.',
      retryAfterMs: retryDelayMs(details),
      // A proxy on the way answers without Google's format; then nobody knows whether Gemini got the request.
      context: { kind: 'Transient', ...context, ambiguous: !(ANSWERED.has(status) && isGoogleError(error)) },
    });
  }
  return rejected(error, { status, context, details });
}

/** An answer with a status of success whose form is not known; the request may have been paid. */
export function unreadableAnswer(issues: readonly string[]): AppError {
  return new AppError('provider_rejected', {
    message: 'Gemini sent a response that Segue cannot read.',
    remedy: 'Try again. If it keeps failing, check for a newer version of Segue.',
    context: { kind: 'UnknownForm', ambiguous: true, issues },
  });
}

type Details = readonly { readonly reason?: string | undefined; readonly retryDelay?: string | undefined }[];

function rejected(
  error: GoogleGenerativeAIFetchError,
  { status, context, details }: { status: number; context: Record<string, unknown>; details: Details },
): AppError {
  if (status === 401 || status === 403 || details.some(({ reason }) => reason === 'API_KEY_INVALID')) {
    return new AppError('provider_rejected', {
      message: 'Gemini does not accept the API key.',
      remedy: 'Ask the operator to check GEMINI_API_KEY.',
      context: { kind: 'Rejected', ...context },
    });
  }
  const isMissing = status === 404;
  return new AppError('provider_rejected', {
    message: isMissing ? 'Gemini has no model of this name.' : 'Gemini rejected the request.',
    remedy: isMissing ? 'Choose another model, or ask the operator to check GEMINI_TEXT_MODEL.' : undefined,
    context: { kind: 'Rejected', ...context, vendorMessage: vendorMessage(error) },
  });
}

/** `12s` or `0.5s`, as google.protobuf.Duration writes it. */
function retryDelayMs(details: Details): number | undefined {
  const text = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text ?? '')?.[1];
  return seconds === undefined ? undefined : Math.min(WAIT_MS_MAX, Math.max(1_000, Math.ceil(Number(seconds) * 1_000)));
}

/** The client's message ends with Google's own after the status in brackets; without one, the body was not in Google's format. */
const vendorMessage = (error: GoogleGenerativeAIFetchError) => cutText(/\[\d+ [^\]]*\] ?(.*)$/s.exec(error.message)?.[1] ?? '', 300);
const isGoogleError = (error: GoogleGenerativeAIFetchError) => vendorMessage(error).trim() !== '';
