import { AppError } from '#shared/errors.ts';
import type { Request } from 'express';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createJsonMeter } from './json-meter.ts';
import type { JsonExcess, JsonLimits } from './json-meter.ts';

/** How much of a body is read, and how its JSON may be nested. */
export interface BodyLimits extends JsonLimits {
  readonly bytesMax: number;
}

/** JSON.parse accepts a million levels, recursive schemas overflow the stack before 5,000, and no contract needs 50. */
export const JSON_DEPTH_MAX = 64;
/** A larger text is parsed in a turn of the event loop of its own, so that parsing and what follows are two short pauses instead of a long one. */
const LARGE_CHARS = 256_000;

const TOO_LARGE = { message: 'The request is too large.', remedy: 'Send a smaller request.' };

/**
 * Reads and parses a JSON body. Reading stops at the first byte that exceeds a limit, and the rest is discarded as it arrives. Throws `too_large`, or
 * `invalid_input` for a compressed body, text that is not UTF-8 or JSON, and JSON that is too deep or has too many values.
 */
export async function readJsonBody(request: Request, limits: BodyLimits): Promise<unknown> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    throw invalid('Compressed requests are not accepted.', 'Send the body without Content-Encoding.', 'content-encoding');
  if (Number(request.headers['content-length'] ?? 0) > limits.bytesMax) throw new AppError('too_large', TOO_LARGE);
  const text = await readText(request, limits);
  if (text.length > LARGE_CHARS) await nextTurn();
  const value = parseJson(text);
  if (text.length > LARGE_CHARS) await nextTurn();
  return value;
}

/** Parses a short JSON text, such as a query parameter. Throws `invalid_input` when it is too deep, has too many values or is not JSON. */
export function parseShortJson(text: string, limits: JsonLimits): unknown {
  const excess = createJsonMeter(limits).push(Buffer.from(text));
  if (excess) throw refuseExcess(excess, limits);
  return parseJson(text);
}

function readText(request: Request, limits: BodyLimits): Promise<string> {
  const meter = createJsonMeter(limits);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [bytes, text] = [0, ''];
  const take = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > limits.bytesMax) throw new AppError('too_large', TOO_LARGE);
    const excess = meter.push(chunk);
    if (excess) throw refuseExcess(excess, limits);
    text += decodeChunk(() => decoder.decode(chunk, { stream: true }));
  };
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      // Without listeners the stream keeps flowing: Node discards the rest, so that the client can read the answer.
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      finish();
    };
    const onData = (chunk: Buffer): void => {
      try {
        take(chunk);
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const onEnd = (): void =>
      settle(() => {
        try {
          resolve(text + decodeChunk(() => decoder.decode()));
        } catch (error) {
          reject(error);
        }
      });
    const onClose = (): void => settle(() => reject(invalid('The request ended before its body was complete.', 'Send it again.')));
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}

function decodeChunk(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw invalid('The request is not UTF-8 text.', 'Send JSON in UTF-8.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The request is not readable JSON.', 'Send valid JSON.');
  }
}

function refuseExcess({ limit, path }: JsonExcess, limits: JsonLimits): AppError {
  const message =
    limit === 'depth'
      ? `The input is nested deeper than ${limits.depthMax} levels.`
      : `The input has more than ${limits.valuesMax.toLocaleString('en')} values.`;
  const remedy = limit === 'depth' ? 'Send a flatter structure.' : 'Send fewer values at once.';
  return invalid(message, remedy, path.join('.') || undefined);
}

function invalid(message: string, remedy: string, field?: string): AppError {
  return new AppError('invalid_input', { message, remedy, field });
}
