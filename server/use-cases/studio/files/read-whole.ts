import type { AssetStore } from '#server/providers/render-ports.ts';
import { AppError } from '#shared/errors.ts';
import { createHash } from 'node:crypto';

/** The bytes of a stored file when they match its digest; undefined when it is missing. Throws what the store throws when it cannot be read. */
export async function readWhole(store: AssetStore, sha256: string): Promise<Uint8Array | 'damaged' | undefined> {
  try {
    const bytes = await store.read(sha256);
    if (bytes === undefined) return undefined;
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : 'damaged';
  } catch (error) {
    // The bucket compares the digest itself.
    if (error instanceof AppError && error.context?.['sha256'] === sha256) return 'damaged';
    throw error;
  }
}
