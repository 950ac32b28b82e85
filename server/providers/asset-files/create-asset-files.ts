import type { AssetStore, BytePart } from '#server/providers/render-ports.ts';
import { AppError } from '#shared/errors.ts';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, opendir, readFile, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import path from 'node:path';

/**
 * Files on a disk, one for each digest, in 256 folders by its first two digits.
 *
 * States of a file: absent → temporary (written and synced under a random name) → stored (renamed, its folder synced). A crash leaves a temporary
 * file, which no reader sees.
 */

const DIGEST = /^[0-9a-f]{64}$/u;
/** Codes of a disk without room for this user: full, over the quota, or the file is larger than allowed. */
const NO_ROOM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** As much of a file is read at once. */
const PIECE_BYTES = 256 * 1024;

/** Stores assets below `root`, which is created when missing. A digest that is not 64 hexadecimal digits is a missing file, so no path leaves `root`. */
export function createAssetFiles(root: string): AssetStore {
  const fileOf = (sha256: string) => path.join(root, sha256.slice(0, 2), sha256);
  /** Folders whose own name is durable: this process has synced their parent since. No folder is ever removed. */
  const durable = new Set<string>();
  return {
    write: (bytes) => writeAsset({ fileOf, durable }, bytes),
    requireRoom: async (bytes) => {
      await mkdir(root, { recursive: true });
      const { bavail, bsize } = await statfs(root);
      if (bavail * bsize < bytes) throw diskFull();
    },
    read: async (sha256) => (DIGEST.test(sha256) ? ignoreMissing(readFile(fileOf(sha256))) : undefined),
    readPart: async (sha256, part) => (DIGEST.test(sha256) ? readFilePart(fileOf(sha256), part) : undefined),
    remove: async (sha256, options) => {
      if (!DIGEST.test(sha256)) return;
      const facts = options && (await ignoreMissing(stat(fileOf(sha256))));
      if (!options || (facts && facts.mtime < options.writtenBefore)) await rm(fileOf(sha256), { force: true });
    },
    list: () => listStored(root),
  };
}

interface Places {
  readonly fileOf: (sha256: string) => string;
  readonly durable: Set<string>;
}

/** Throws `unavailable` when the disk is full; the temporary file is removed. */
async function writeAsset({ fileOf, durable }: Places, bytes: Uint8Array): Promise<{ sha256: string }> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = fileOf(sha256);
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.${sha256}.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    // A file cut short by a failing disk is written again.
    const stored = await ignoreMissing(stat(file));
    if (stored?.size === bytes.byteLength) {
      // Its age starts again, so that a sweep leaves it until its new row is committed.
      const at = new Date();
      await utimes(file, at, at);
      await syncPath(file);
    } else {
      await writeSynced(temporary, bytes);
      await rename(temporary, file);
    }
    await syncPath(folder);
    if (!durable.has(folder)) await syncPath(path.dirname(folder));
    durable.add(folder);
    return { sha256 };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw storageError(error);
  }
}

async function readFilePart(file: string, { start, end }: BytePart): ReturnType<AssetStore['readPart']> {
  const handle = await ignoreMissing(open(file, 'r'));
  if (!handle) return undefined;
  const { size } = await handle.stat();
  // It closes the file at its end.
  return { bytes: size, stream: handle.createReadStream({ start, end, highWaterMark: PIECE_BYTES }) };
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  await using handle = await open(file, 'wx', 0o600);
  await handle.writeFile(bytes);
  await handle.sync();
}

async function syncPath(target: string): Promise<void> {
  await using handle = await open(target, 'r');
  await handle.sync();
}

async function* listStored(root: string): AsyncGenerator<{ sha256: string; writtenAt: Date }> {
  for await (const folder of await ignoreMissing(opendir(root)).then((found) => found ?? [])) {
    if (!folder.isDirectory()) continue;
    for await (const { name } of await opendir(path.join(root, folder.name))) {
      if (!DIGEST.test(name)) continue;
      const facts = await ignoreMissing(stat(path.join(root, folder.name, name)));
      if (facts !== undefined) yield { sha256: name, writtenAt: facts.mtime };
    }
  }
}

async function ignoreMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function storageError(cause: unknown): unknown {
  return NO_ROOM.has(codeOf(cause)) ? diskFull(cause) : cause;
}

function diskFull(cause?: unknown): AppError {
  return new AppError('unavailable', { message: 'The disk for pictures is full.', remedy: 'Ask the operator to free space, then try again.', cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
