import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from '#server/runtime/start-error.ts';

interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

const POLL_MS = 10;
/** A fast shutdown writes a checkpoint first, which can be slow on a slow disk. */
const ORPHAN_STOP_MS = 30_000;

/** Reads postmaster.pid of a running server: pid on line 1, port on line 4, state on line 8. */
export function readPostmaster(folder: string): Postmaster | undefined {
  const file = path.join(folder, 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  const lines = readIfExists(file).split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' } : undefined;
}

/**
 * Stops a server that outlived the process that started it. No data is lost: it shuts down with a checkpoint, and after an interruption it recovers
 * from its log. Removes a stale postmaster.pid whose pid was reused by another program. Throws StartError after 30 s.
 */
export async function stopOrphan(folder: string): Promise<void> {
  const orphan = readPostmaster(folder);
  if (!orphan) return;
  if (!isPostmasterOf(orphan.pid, folder)) {
    fs.rmSync(path.join(folder, 'postmaster.pid'), { force: true });
    return;
  }
  signalIfAlive(orphan.pid, 'SIGINT');
  for (let waitedMs = 0; isPostmasterOf(orphan.pid, folder); waitedMs += POLL_MS) {
    if (waitedMs > ORPHAN_STOP_MS)
      throw new StartError(
        `An earlier PostgreSQL (process ${orphan.pid}) still uses ${folder} and does not stop. End that process and start Segue again.`,
      );
    await wait(POLL_MS);
  }
}

/** Sends a signal. Ignores a process that no longer exists; throws a StartError for another user's process. */
export function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return;
    throw new StartError(`PostgreSQL (process ${pid}) belongs to another user, so Segue cannot stop it. End that process and start Segue again.`, {
      cause: error,
    });
  }
}

/** A postmaster's working folder is its data folder, which distinguishes it from a later process with the same pid. */
function isPostmasterOf(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(folder);
  } catch {
    // It ended between the two checks, or is a zombie: not running either way.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readIfExists(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // The server removes the file as its last step.
    return '';
  }
}
