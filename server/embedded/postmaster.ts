import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from '#server/runtime/start-error.ts';

/** How long the server's processes may take to notice that it is gone. */
const CHILDREN_END_MS = 5_000;

interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

const POLL_MS = 10;
/**
 * How a server is stopped: fast, immediately, by force. The fast shutdown writes a checkpoint first, which can be slow on a slow disk, and it can hang
 * while the server recovers from the crash of one of its processes. After the other two the next start recovers all committed data from the log.
 */
export const STOP_STEPS = [
  { signal: 'SIGINT', waitMs: 6_000 },
  { signal: 'SIGQUIT', waitMs: 6_000 },
  { signal: 'SIGKILL', waitMs: 10_000 },
] as const satisfies readonly { signal: NodeJS.Signals; waitMs: number }[];

/** Reads postmaster.pid of a running server: pid on line 1, port on line 4, state on line 8. */
export function readPostmaster(folder: string): Postmaster | undefined {
  const file = path.join(folder, 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  const lines = readIfExists(file).split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' } : undefined;
}

/**
 * Stops a server that outlived the process that started it, and its processes that outlived the server: a new one could not use their shared memory.
 * No committed data is lost. Removes a stale postmaster.pid whose pid was reused by another program. Throws StartError when a process does not even
 * end by force.
 */
export async function stopOrphan(folder: string): Promise<void> {
  const orphan = readPostmaster(folder);
  if (orphan && isPostmasterOf(orphan.pid, folder)) {
    for (const { signal, waitMs } of STOP_STEPS) {
      signalIfAlive(orphan.pid, signal);
      if (await isOver(() => !isPostmasterOf(orphan.pid, folder), waitMs)) break;
    }
  }
  await endChildren(folder);
  const left = readPostmaster(folder);
  if (!left) return;
  if (isPostmasterOf(left.pid, folder))
    throw new StartError(`An earlier PostgreSQL (process ${left.pid}) still uses ${folder} and does not end. Restart this machine.`);
  fs.rmSync(path.join(folder, 'postmaster.pid'), { force: true });
}

/** A server's processes end by themselves when it is gone; one that does not is killed. */
async function endChildren(folder: string): Promise<void> {
  if (await isOver(() => processesIn(folder).length === 0, CHILDREN_END_MS)) return;
  for (const pid of processesIn(folder)) signalIfAlive(pid, 'SIGKILL');
  if (await isOver(() => processesIn(folder).length === 0, CHILDREN_END_MS)) return;
  throw new StartError(`Processes of an earlier PostgreSQL (${processesIn(folder).join(', ')}) still use ${folder}. Restart this machine.`);
}

/** Only Linux lists the processes of a folder. Elsewhere the new server reports any that are left. */
function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isPostmasterOf(pid, folder));
}

async function isOver(condition: () => boolean, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; !condition(); waitedMs += POLL_MS) {
    if (waitedMs >= limitMs) return false;
    await wait(POLL_MS);
  }
  return true;
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

/** The working folder of a postmaster and of its children is the data folder, which distinguishes them from a later process with the same pid. */
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
