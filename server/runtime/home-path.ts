import { homedir } from 'node:os';
import path from 'node:path';

/** Replaces a leading `~` with this user's home folder, as a shell does; a .env file has no shell. Undefined for another user's home (`~name`). */
export function expandHome(file: string): string | undefined {
  if (file === '~' || file.startsWith('~/')) return path.join(homedir(), file.slice(1));
  return file.startsWith('~') ? undefined : file;
}
