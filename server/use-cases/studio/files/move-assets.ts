import type { Deps } from '#server/deps.ts';
import type { AssetStore } from '#server/providers/render-ports.ts';
import { AppError } from '#shared/errors.ts';
import pLimit from 'p-limit';
import { readWhole } from './read-whole.ts';

const AT_ONCE = 4;
/** Files between two reports. */
const REPORT_EVERY = 100;

interface Move {
  readonly from: AssetStore;
  readonly to: AssetStore;
  /** True: the files also stay where they were. */
  readonly keep: boolean;
}

interface Moved {
  readonly files: number;
  readonly bytes: number;
  /** Files whose bytes no longer match their digest; they are left where they are. */
  readonly damaged: readonly string[];
}

/**
 * Moves every file from one store to another. A file is removed from the first only after the second returned the same bytes, so an interruption at any
 * point loses nothing and the next run goes on. Throws what the stores throw.
 */
export async function moveAssets(deps: Pick<Deps, 'log'>, { from, to, keep }: Move, signal: AbortSignal): Promise<Moved> {
  const counts = { files: 0, bytes: 0 };
  const damaged: string[] = [];
  const move = async (sha256: string): Promise<void> => {
    signal.throwIfAborted();
    const bytes = await readWhole(from, sha256);
    // It was swept, or moved by another run.
    if (!bytes) return;
    if (bytes === 'damaged') {
      damaged.push(sha256);
      deps.log.error('a stored file is damaged and was not moved', { sha256 });
      return;
    }
    await to.write(bytes);
    const there = await readWhole(to, sha256);
    if (!there || there === 'damaged') {
      const remedy = 'Check the store, then run the command again. The file is still where it was.';
      throw new AppError('unavailable', { message: 'A moved file does not read back.', remedy, context: { sha256 } });
    }
    if (!keep) await from.remove(sha256);
    counts.files += 1;
    counts.bytes += bytes.length;
    if (counts.files % REPORT_EVERY === 0) deps.log.info('files moved', counts);
  };
  const limit = pLimit(AT_ONCE);
  let batch: string[] = [];
  const flush = async () => {
    await Promise.all(batch.map((sha256) => limit(() => move(sha256))));
    batch = [];
  };
  for await (const { sha256 } of from.list()) {
    batch.push(sha256);
    if (batch.length >= REPORT_EVERY) await flush();
  }
  await flush();
  return { ...counts, damaged };
}
