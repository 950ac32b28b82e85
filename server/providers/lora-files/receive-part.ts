import { loraFacts } from '#shared/domain/studio/loras/lora-facts.ts';
import { AppError } from '#shared/errors.ts';
import { link, lstat, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { LoraPart } from '../render-ports.ts';
import { readHeaderOf } from './read-header.ts';

/**
 * A LoRA file that arrives in parts.
 *
 * States: absent → partial (hidden, as long as the parts that are stored) → complete (synced, then given its name). A first part starts again; a partial file
 * that nobody continued for a day is removed by the next upload.
 */

const PARTIAL_PREFIX = '.part.';
const ABANDONED_MS = 86_400_000;
const NO_ROOM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Stores a part below `folder`; throws as `LoraFiles.receive`. The name has been checked. */
export async function receivePart(folder: string, { fileName, fileBytes, offset, bytes }: LoraPart, now: Date) {
  const target = path.join(folder, fileName);
  const partial = path.join(folder, PARTIAL_PREFIX + fileName);
  await mkdir(folder, { recursive: true });
  if (await lstat(target).catch(() => undefined)) throw nameTaken(fileName);
  if (offset === 0) await removeAbandoned(folder, now);
  try {
    await using handle = await open(partial, offset === 0 ? 'w+' : 'r+', 0o600);
    if ((await handle.stat()).size !== offset || offset + bytes.length > fileBytes) throw outOfOrder();
    // At its place, so that a part which arrives twice changes nothing.
    for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at, offset + at)).bytesWritten;
    const receivedBytes = offset + bytes.length;
    await refuseForeign(handle, { receivedBytes, fileBytes, readBytes: offset });
    if (receivedBytes < fileBytes) return { receivedBytes, isComplete: false };
    await handle.sync();
  } catch (error) {
    throw await failedPart(error, partial);
  }
  await publish({ folder, partial, target, fileName });
  return { receivedBytes: fileBytes, isComplete: true };
}

/** A pickle is refused with its first part; a header that is not there yet, with the part that completes it. */
async function refuseForeign(handle: FileHandle, sizes: { receivedBytes: number; fileBytes: number; readBytes: number }): Promise<void> {
  const header = await readHeaderOf(handle, sizes);
  if (header) loraFacts(header);
}

async function failedPart(error: unknown, partial: string): Promise<unknown> {
  const code = codeOf(error);
  if (code === 'ENOENT') return outOfOrder();
  if (error instanceof AppError && error.code === 'invalid_input') await rm(partial, { force: true });
  if (!NO_ROOM.has(code)) return error;
  await rm(partial, { force: true });
  return new AppError('unavailable', {
    message: 'The disk for LoRA files is full.',
    remedy: 'Free some space on the server, then send the file again.',
    cause: error,
  });
}

/** Two uploads of one name: the first that is complete gets it. */
async function publish({ folder, partial, target, fileName }: { folder: string; partial: string; target: string; fileName: string }): Promise<void> {
  await link(partial, target).catch((error: unknown) => {
    throw codeOf(error) === 'EEXIST' ? nameTaken(fileName) : error;
  });
  await rm(partial, { force: true });
  await using handle = await open(folder, 'r');
  await handle.sync();
}

async function removeAbandoned(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(PARTIAL_PREFIX)) continue;
    const facts = await stat(path.join(folder, name)).catch(() => undefined);
    if (facts && now.getTime() - facts.mtimeMs > ABANDONED_MS) await rm(path.join(folder, name), { force: true });
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const nameTaken = (fileName: string) =>
  new AppError('conflict', { message: `There is already a file “${fileName}”.`, remedy: 'Rename the file and send it again.', field: 'fileName' });

const outOfOrder = () =>
  new AppError('conflict', {
    message: 'The parts of this file do not fit together.',
    remedy: 'Send the file again from its start.',
    field: 'offset',
  });
