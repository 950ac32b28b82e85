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
/** A fast shutdown writes a checkpoint first; on a slow disk that takes a while. */
const ORPHAN_STOP_MS = 30_000;

/** What the running server says of itself in postmaster.pid: line 1 its pid, line 4 its port, line 8 its state. */
export function readPostmaster(folder: string): Postmaster | undefined {
  const file = path.join(folder, 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  const lines = readIfThere(file).split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' } : undefined;
}

/**
 * Ends a server that outlived the process that started it, so that the next one belongs to us. Nothing is lost: it shuts down with a checkpoint,
 * and an interrupted one recovers from its log. Removes a stale postmaster.pid whose number went to another program.
 */
export async function endOrphan(folder: string): Promise<void> {
  const orphan = readPostmaster(folder);
  if (!orphan) return;
  if (!isPostmasterOf(orphan.pid, folder)) {
    fs.rmSync(path.join(folder, 'postmaster.pid'), { force: true });
    return;
  }
  signalIfAlive(orphan.pid, 'SIGINT');
  for (let waitedMs = 0; isPostmasterOf(orphan.pid, folder); waitedMs += POLL_MS) {
    if (waitedMs > ORPHAN_STOP_MS)
      throw new StartError(`An earlier PostgreSQL (process ${orphan.pid}) still holds ${folder} and does not stop. End it and start again.`);
    await wait(POLL_MS);
  }
}

/** Sends a signal; a process that is gone is fine, one that is not ours is a StartError. */
export function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return;
    throw new StartError(`PostgreSQL (process ${pid}) belongs to another user and cannot be stopped from here. End it and start again.`, {
      cause: error,
    });
  }
}

/** A postmaster's working folder is its data folder, which tells it from a stranger that got the same pid later. */
function isPostmasterOf(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(folder);
  } catch {
    // Gone between the two looks, or a zombie: either way it serves nobody.
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

function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // The server removes the file as its last act.
    return '';
  }
}
