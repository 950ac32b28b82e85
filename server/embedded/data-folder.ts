import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { DatabaseUser } from './database-user.ts';
import { canReach } from './database-user.ts';
import { machineFolder } from './machine-folder.ts';
import { StartError } from '#server/runtime/start-error.ts';

export interface DataFolder {
  readonly path: string;
  readonly password: string;
}

interface ClusterOptions {
  readonly binaries: string;
  readonly user: DatabaseUser | undefined;
  readonly durable: boolean;
}

/** Major version of the binaries. They cannot open files of another major version. */
const MAJOR = '18';
/** Files of every complete cluster. initdb writes PG_VERSION early and pg_control late. */
const REQUIRED_FILES = ['PG_VERSION', 'global/pg_control', 'postgresql.conf', 'pg_hba.conf'];

/** Environment of every PostgreSQL process, independent of the machine's locale and time zone. */
export const POSTGRES_ENV = { LC_ALL: 'C', TZ: 'UTC' };

/**
 * Returns the cluster's folder, created on first use. An interrupted first start is repeated. A folder without required files throws a StartError
 * and is never overwritten. When the database user cannot enter `wanted`, the folder is in machineFolder() and the file `wanted`.location names it.
 */
export async function prepareDataFolder(wanted: string, options: ClusterOptions): Promise<DataFolder> {
  fs.mkdirSync(path.dirname(wanted), { recursive: true });
  const folder = options.user && !canReach(options.user, path.dirname(wanted)) ? alternativeLocation(wanted) : wanted;
  const passwordFile = `${folder}.password`;
  if (!isUnused(folder)) {
    requireComplete(folder, passwordFile);
    return { path: folder, password: fs.readFileSync(passwordFile, 'utf8').trim() };
  }
  const password = randomBytes(18).toString('hex');
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (options.user) fs.chownSync(passwordFile, options.user.uid, options.user.gid);
  await initializeCluster(folder, passwordFile, options);
  return { path: folder, password };
}

function isUnused(folder: string): boolean {
  return !fs.existsSync(folder) || fs.readdirSync(folder).length === 0;
}

function requireComplete(folder: string, passwordFile: string): void {
  const missing = REQUIRED_FILES.find((name) => !fs.existsSync(path.join(folder, name)));
  if (missing) {
    throw new StartError(
      `The database folder ${folder} is incomplete: ${missing} is missing. Restore a backup, or move the folder away to start with an empty database.`,
    );
  }
  const version = fs.readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) {
    throw new StartError(
      `The database folder ${folder} was created by PostgreSQL ${version}, and this is PostgreSQL ${MAJOR}. Dump it with the old version and restore the dump into a new folder.`,
    );
  }
  if (!fs.existsSync(passwordFile)) {
    throw new StartError(
      `The password of the embedded database is missing: ${passwordFile}. Restore it from a backup, or move ${folder} away to start with an empty database.`,
    );
  }
}

/** The alternative folder, recorded beside `wanted`, so that deleting .segue also discards its database. */
function alternativeLocation(wanted: string): string {
  const locationFile = `${wanted}.location`;
  const known = fs.existsSync(locationFile) ? fs.readFileSync(locationFile, 'utf8').trim() : '';
  if (known) return known;
  const folder = path.join(machineFolder(), `data-${randomBytes(6).toString('hex')}`);
  fs.writeFileSync(locationFile, folder);
  return folder;
}

/** Creates the cluster in a temporary folder and renames it when it is complete. */
async function initializeCluster(folder: string, passwordFile: string, options: ClusterOptions): Promise<void> {
  const temporary = `${folder}.unfinished`;
  fs.rmSync(temporary, { recursive: true, force: true });
  fs.mkdirSync(temporary, { mode: 0o700 });
  if (options.user) fs.chownSync(temporary, options.user.uid, options.user.gid);
  const initdbOptions = [
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
  ];
  const args = [`--pgdata=${temporary}`, ...initdbOptions, '--data-checksums', '--no-instructions', ...(options.durable ? [] : ['--no-sync'])];
  const ids = options.user ? { uid: options.user.uid, gid: options.user.gid } : {};
  const child = spawn(path.join(options.binaries, 'bin', 'initdb'), args, {
    ...ids,
    env: POSTGRES_ENV,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errorOutput = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errorOutput += text));
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'unknown'));
  });
  if (code !== 0) {
    fs.rmSync(temporary, { recursive: true, force: true });
    throw new StartError(`PostgreSQL could not create its data folder ${folder} (${code}): ${errorOutput.trim() || 'no error output'}`);
  }
  if (fs.existsSync(folder)) fs.rmdirSync(folder);
  fs.renameSync(temporary, folder);
}
