import fs from 'node:fs';
import path from 'node:path';
import { StartError } from '#server/runtime/start-error.ts';

export interface KeptSecret {
  readonly value: string;
  readonly file: string;
  /** True on the start that made it. */
  readonly isNew: boolean;
}

/** A generated secret in a file that only its owner may read, made on first use and complete or absent after a crash. */
export function keepSecret(folder: string, name: string, generate: () => string): KeptSecret {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  if (fs.existsSync(file)) {
    const value = fs.readFileSync(file, 'utf8').trim();
    if (value === '') throw new StartError(`${file} is empty. Put its content back from a backup, or remove the file to have a new one made.`);
    return { value, file, isNew: false };
  }
  const value = generate();
  const unfinished = `${file}.${process.pid}`;
  fs.writeFileSync(unfinished, `${value}\n`, { mode: 0o600, flush: true });
  fs.renameSync(unfinished, file);
  return { value, file, isNew: true };
}
