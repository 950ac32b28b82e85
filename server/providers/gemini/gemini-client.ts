import { GoogleGenerativeAI } from '@google/generative-ai';
import type { GenerateContentRequest } from '@google/generative-ai';
import type { Json } from '#shared/json.ts';
import type { RequestBudget } from '../ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { geminiError, unreadableAnswer } from './gemini-errors.ts';
import { watchSending } from './sent-requests.ts';
import { geminiWire } from './wire.ts';
import type { GeminiAnswer } from './wire.ts';

export interface GeminiConfig {
  /** Without a path, such as https://generativelanguage.googleapis.com. */
  readonly url: string;
  readonly apiKey: string;
  readonly budget: RequestBudget;
  readonly now: () => Date;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'breakerState' | 'random'> | undefined;
}

interface GeminiRequest {
  readonly model: string;
  readonly body: { readonly [field: string]: Json };
  /** As in `RenderRequest`. */
  readonly beforeSend?: (() => Promise<void>) | undefined;
}

/**
 * Calls `generateContent` through Google's client. Costs money, so a request is repeated only when Gemini answered that it failed. Throws as
 * `RenderVendor.start`. The client's own text(), timeout and streams are not used: text() hides cut answers and mixes in thoughts, the timer of
 * `timeout` is never cleared, and streams lose chunks.
 */
export function createGeminiClient({ url, apiKey, budget, now, resilience }: GeminiConfig) {
  const policy = createResilience({ ...resilience, vendor: 'Gemini', budget, now });
  const google = new GoogleGenerativeAI(apiKey);
  return ({ model, body, beforeSend }: GeminiRequest, signal: AbortSignal): Promise<GeminiAnswer> => {
    const path = `/v1beta/models/${model}:generateContent`;
    const attempt = async (attemptSignal: AbortSignal): Promise<GeminiAnswer> => {
      attemptSignal.throwIfAborted();
      const { response } = await watchSending(
        () =>
          google
            .getGenerativeModel({ model }, { baseUrl: url.replace(/\/+$/, ''), apiVersion: 'v1beta' })
            .generateContent(body as unknown as GenerateContentRequest, { signal: attemptSignal }),
        (error, wasSent) => geminiError(error, { wasSent, timedOut: attemptSignal.aborted, path }),
      );
      return readAnswer(response);
    };
    return policy.run({ idempotent: false, repeatsFailed: true, signal, attempt, beforeSend });
  };
}

/** An answer that cannot be read was paid for. */
function readAnswer(response: unknown): GeminiAnswer {
  const parsed = geminiWire.safeParse(response);
  if (parsed.success) return parsed.data;
  throw unreadableAnswer(parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`));
}
