import fs from 'node:fs';
import path from 'node:path';
import { StartError } from '#server/runtime/start-error.ts';

export interface StoredSecret {
  readonly value: string;
  readonly file: string;
  /** True when this call generated it. */
  readonly isNew: boolean;
}

/** Reads a secret from a file with mode 0600, or generates and stores it on first use. The write is atomic. Throws StartError for an empty file. */
export function loadOrCreateSecret(folder: string, name: string, generate: () => string): StoredSecret {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  if (fs.existsSync(file)) {
    const value = fs.readFileSync(file, 'utf8').trim();
    if (value === '') throw new StartError(`${file} is empty. Restore it from a backup, or delete it to generate a new one.`);
    return { value, file, isNew: false };
  }
  const value = generate();
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, `${value}\n`, { mode: 0o600, flush: true });
  fs.renameSync(temporary, file);
  return { value, file, isNew: true };
}
