import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { FIRST_BYTES, readHeaderLength, readSafetensorsHeader } from '#shared/domain/studio/loras/safetensors-header.ts';
import { AppError } from '#shared/errors.ts';
import type { LoraFiles } from '../render-ports.ts';

const LENGTH_BYTES = 8;
const FILES_MAX = 500;
/** A plain name: no separators, no leading dot. */
const NAME = /^\w[\w .()+-]{0,199}$/;

/** LoRA files in a folder of the server, which may be missing. Links and folders in it are not followed. Only headers are read, and whole files for their digest. */
export function createLoraFiles(folder: string): LoraFiles {
  return {
    folder,
    list: async () => {
      const names = await readdir(folder).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
        throw error;
      });
      const files: { fileName: string; bytes: number }[] = [];
      for (const fileName of names
        .filter((name) => NAME.test(name))
        .toSorted()
        .slice(0, FILES_MAX)) {
        const facts = await lstat(path.join(folder, fileName)).catch(() => undefined);
        if (facts?.isFile()) files.push({ fileName, bytes: facts.size });
      }
      return files;
    },
    readHeader: async (fileName) => {
      const { file, bytes } = await locate(folder, fileName);
      const handle = await open(file, 'r');
      try {
        const first = Buffer.alloc(Math.min(FIRST_BYTES, bytes));
        await handle.read(first, 0, first.length, 0);
        const headerBytes = readHeaderLength(first, bytes);
        const json = Buffer.alloc(headerBytes);
        const { bytesRead } = await handle.read(json, 0, headerBytes, LENGTH_BYTES);
        const header = readSafetensorsHeader(json.subarray(0, bytesRead).toString('utf8'), { fileBytes: bytes, headerBytes });
        return { header, bytes };
      } finally {
        await handle.close();
      }
    },
    digest: async (fileName) => {
      const { file } = await locate(folder, fileName);
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
      return hash.digest('hex');
    },
  };
}

async function locate(folder: string, fileName: string): Promise<{ readonly file: string; readonly bytes: number }> {
  const file = path.join(folder, fileName);
  const facts = NAME.test(fileName) ? await lstat(file).catch(() => undefined) : undefined;
  if (!facts?.isFile()) {
    throw new AppError('not_found', {
      message: 'There is no such file in the folder of LoRA files.',
      remedy: 'Put the .safetensors file into the folder and reload the page.',
      field: 'fileName',
    });
  }
  return { file, bytes: facts.size };
}
