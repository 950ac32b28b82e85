import { FIRST_BYTES, readHeaderLength, readSafetensorsHeader } from '#shared/domain/studio/loras/safetensors-header.ts';
import type { SafetensorsHeader } from '#shared/domain/studio/loras/safetensors-header.ts';
import type { FileHandle } from 'node:fs/promises';

const LENGTH_BYTES = 8;

/** Reads the header of an open file. Undefined while fewer bytes have arrived than it has, and when it was complete in the `readBytes` before. Throws `invalid_input` for a file that is no safetensors file. */
export async function readHeaderOf(
  handle: FileHandle,
  {
    fileBytes,
    receivedBytes = fileBytes,
    readBytes = 0,
  }: { readonly fileBytes: number; readonly receivedBytes?: number; readonly readBytes?: number },
): Promise<SafetensorsHeader | undefined> {
  const first = Buffer.alloc(Math.min(FIRST_BYTES, receivedBytes));
  if (first.length < FIRST_BYTES && receivedBytes < fileBytes) return undefined;
  await handle.read(first, 0, first.length, 0);
  const headerBytes = readHeaderLength(first, fileBytes);
  const end = LENGTH_BYTES + headerBytes;
  if (end > receivedBytes || end <= readBytes) return undefined;
  const json = Buffer.alloc(headerBytes);
  const { bytesRead } = await handle.read(json, 0, headerBytes, LENGTH_BYTES);
  return readSafetensorsHeader(json.subarray(0, bytesRead).toString('utf8'), { fileBytes, headerBytes });
}
