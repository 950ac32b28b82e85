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

interface Place {
  readonly native: string;
  readonly user: DatabaseUser | undefined;
  readonly durable: boolean;
}

/** Major version of the binaries; another major's files cannot be opened by them. */
const MAJOR = '18';
/** What every complete cluster has; initdb writes PG_VERSION early and pg_control late. */
const VITAL = ['PG_VERSION', 'global/pg_control', 'postgresql.conf', 'pg_hba.conf'];

/** Environment of every PostgreSQL process: the machine's locale and time zone stay out of the database. */
export const POSTGRES_ENV = { LC_ALL: 'C', TZ: 'UTC' };

/**
 * The cluster's folder, made on first use. A first start that was interrupted is begun again; a folder that lost vital files is refused, never
 * overwritten. Where the database user cannot enter `wanted`, the folder is elsewhere on this machine and `wanted`.location says where.
 */
export async function prepareDataFolder(wanted: string, place: Place): Promise<DataFolder> {
  fs.mkdirSync(path.dirname(wanted), { recursive: true });
  const folder = place.user && !canReach(place.user, path.dirname(wanted)) ? locationElsewhere(wanted) : wanted;
  const passwordFile = `${folder}.password`;
  if (!isUnused(folder)) {
    requireComplete(folder, passwordFile);
    return { path: folder, password: fs.readFileSync(passwordFile, 'utf8').trim() };
  }
  const password = randomBytes(18).toString('hex');
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.user) fs.chownSync(passwordFile, place.user.uid, place.user.gid);
  await initialise(folder, passwordFile, place);
  return { path: folder, password };
}

function isUnused(folder: string): boolean {
  return !fs.existsSync(folder) || fs.readdirSync(folder).length === 0;
}

function requireComplete(folder: string, passwordFile: string): void {
  const missing = VITAL.find((name) => !fs.existsSync(path.join(folder, name)));
  if (missing) {
    throw new StartError(
      `The database folder ${folder} is not complete: ${missing} is missing. Put a backup in its place, or move the folder away to start with an empty house.`,
    );
  }
  const version = fs.readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) {
    throw new StartError(
      `The database folder ${folder} was written by PostgreSQL ${version}, and this is PostgreSQL ${MAJOR}. Dump it with the old version and load the dump into a new folder.`,
    );
  }
  if (!fs.existsSync(passwordFile)) {
    throw new StartError(
      `The password of the embedded database is missing: ${passwordFile}. Put it back from a backup, or move ${folder} away to start with an empty house.`,
    );
  }
}

/** Remembered beside the wanted place, so that a removed .segue forgets its database too. */
function locationElsewhere(wanted: string): string {
  const note = `${wanted}.location`;
  const known = fs.existsSync(note) ? fs.readFileSync(note, 'utf8').trim() : '';
  if (known) return known;
  const folder = path.join(machineFolder(), `data-${randomBytes(6).toString('hex')}`);
  fs.writeFileSync(note, folder);
  return folder;
}

/** Writes the cluster beside its place and moves it there when it is whole. */
async function initialise(folder: string, passwordFile: string, place: Place): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  fs.mkdirSync(unfinished, { mode: 0o700 });
  if (place.user) fs.chownSync(unfinished, place.user.uid, place.user.gid);
  const options = [
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
  ];
  const args = [`--pgdata=${unfinished}`, ...options, '--data-checksums', '--no-instructions', ...(place.durable ? [] : ['--no-sync'])];
  const ids = place.user ? { uid: place.user.uid, gid: place.user.gid } : {};
  const child = spawn(path.join(place.native, 'bin', 'initdb'), args, { ...ids, env: POSTGRES_ENV, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'unknown'));
  });
  if (code !== 0) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    throw new StartError(`PostgreSQL could not make its data folder ${folder} (${code}): ${complaint.trim() || 'it said nothing'}`);
  }
  if (fs.existsSync(folder)) fs.rmdirSync(folder);
  fs.renameSync(unfinished, folder);
}
