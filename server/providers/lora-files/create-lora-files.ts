import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { LoraFiles } from '../render-ports.ts';
import { readHeaderOf } from './read-header.ts';
import { receivePart } from './receive-part.ts';

const FILES_MAX = 500;
/** A plain name: no separators, no leading dot. */
const NAME = /^\w[\w .()+-]{0,199}$/;

/** LoRA files in a folder of the server, which may be missing. Links and folders in it are not followed. Only headers are read, and whole files for their digest. */
export function createLoraFiles(folder: string, now: () => Date): LoraFiles {
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
      await using handle = await open(file, 'r');
      const header = await readHeaderOf(handle, { fileBytes: bytes });
      if (!header) throw missingFile();
      return { header, bytes };
    },
    digest: async (fileName) => {
      const { file } = await locate(folder, fileName);
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
      return hash.digest('hex');
    },
    receive: async (part) => {
      if (!NAME.test(part.fileName)) throw missingFile();
      return receivePart(folder, part, now());
    },
  };
}

async function locate(folder: string, fileName: string): Promise<{ readonly file: string; readonly bytes: number }> {
  const file = path.join(folder, fileName);
  const facts = NAME.test(fileName) ? await lstat(file).catch(() => undefined) : undefined;
  if (!facts?.isFile()) throw missingFile();
  return { file, bytes: facts.size };
}

const missingFile = () =>
  new AppError('not_found', {
    message: 'There is no such file in the folder of LoRA files.',
    remedy: 'Upload the .safetensors file, or put it into the folder and reload the page.',
    field: 'fileName',
  });
