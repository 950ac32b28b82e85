import { AppError } from '#shared/errors.ts';
import type { Request } from 'express';

/**
 * Reads a body as bytes. Reading stops at the first byte that exceeds the limit, and the rest is discarded as it arrives. Throws `too_large`, and
 * `invalid_input` for a body that ends early.
 */
export function readBodyBytes(request: Request, bytesMax: number): Promise<Buffer> {
  const tooLarge = () =>
    new AppError('too_large', {
      message: `The file is larger than ${Math.floor(bytesMax / 1_000_000)} MB.`,
      remedy: 'Make it smaller.',
      field: 'file',
    });
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) return Promise.reject(tooLarge());
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      // Without listeners the stream keeps flowing: Node discards the rest, so that the client can read the answer.
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      finish();
    };
    const onData = (part: Buffer): void => {
      bytes += part.length;
      parts.push(part);
      if (bytes > bytesMax) settle(() => reject(tooLarge()));
    };
    const onEnd = (): void => settle(() => resolve(Buffer.concat(parts)));
    const onClose = (): void =>
      settle(() =>
        reject(new AppError('invalid_input', { message: 'The file ended before it was complete.', remedy: 'Send it again.', field: 'file' })),
      );
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}
