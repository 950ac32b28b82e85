import { AppError } from '#shared/errors.ts';
import type { TextModel } from '../render-ports.ts';
import { createGeminiClient } from './gemini-client.ts';
import type { GeminiConfig } from './gemini-client.ts';
import { GEMINI_REFUSALS } from './wire.ts';
import type { GeminiAnswer } from './wire.ts';

const TIMEOUT_MS = 60_000;
/** `maxOutputTokens` counts thoughts too; without an allowance a thinking model spends it all and answers with an empty text. */
const THOUGHT_TOKENS = 4_096;

/** A text model of Gemini that answers in a response schema. No temperature: the models since 3.6 ignore it and will refuse it. */
export function createGeminiText({ model, ...config }: GeminiConfig & { readonly model: string }): TextModel {
  const generate = createGeminiClient({ ...config, resilience: { timeoutMs: TIMEOUT_MS, ...config.resilience } });
  return {
    name: model,
    answer: async ({ system, prompt, schema, outputTokensMax }, signal) => {
      const answer = await generate(
        {
          model,
          body: {
            contents: [{ role: 'user', parts: [{ text: prompt }] }],
            systemInstruction: { role: 'system', parts: [{ text: system }] },
            generationConfig: {
              responseMimeType: 'application/json',
              responseSchema: schema,
              maxOutputTokens: outputTokensMax + THOUGHT_TOKENS,
              thinkingConfig: { thinkingLevel: 'LOW' },
            },
            store: false,
          },
        },
        signal,
      );
      const { promptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = answer.usageMetadata ?? {};
      return { json: jsonOf(answer), tokens: { input: promptTokenCount, output: candidatesTokenCount + thoughtsTokenCount } };
    },
  };
}

function jsonOf(answer: GeminiAnswer): unknown {
  const [candidate] = answer.candidates ?? [];
  const reason = answer.promptFeedback?.blockReason ?? candidate?.finishReason ?? 'STOP';
  if (answer.promptFeedback?.blockReason !== undefined || GEMINI_REFUSALS.includes(reason)) throw unusable('Gemini refused to answer.', reason);
  if (reason === 'MAX_TOKENS') throw unusable('The answer of Gemini was cut off.', reason);
  const text = (candidate?.content?.parts ?? []).flatMap((part) => (part.thought ? [] : (part.text ?? []))).join('');
  if (reason !== 'STOP' || text.trim() === '') throw unusable('Gemini sent an empty answer.', reason);
  try {
    return JSON.parse(text);
  } catch {
    throw unusable('The answer of Gemini is not JSON.', reason);
  }
}

function unusable(message: string, finishReason: string): AppError {
  return new AppError('provider_rejected', { message, remedy: 'Try again, or use other words.', context: { kind: 'Unusable', finishReason } });
}
