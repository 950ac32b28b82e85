import fs from 'node:fs';
import path from 'node:path';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

/** Field 22 of /proc/PID/stat, the start time: distinguishes a process from a later one with the same pid. */
const STAT_START_FIELD = 22;

/**
 * Locks the SEGUE_HOME folder for this process. Returns the function that releases it.
 * - free → locked: the file `running` is created with this process's pid and start time
 * - locked by a running process: throws a StartError that names the process
 * - locked by a dead process → free: the stale file is removed, then locking is tried again
 */
export function lockDataFolder(home: string): () => void {
  fs.mkdirSync(home, { recursive: true });
  const file = path.join(home, 'running');
  const ownIdentity = identityOf(process.pid);
  for (;;) {
    if (tryCreate(file, ownIdentity)) break;
    const ownerIdentity = readIfExists(file);
    if (ownerIdentity !== undefined && isRunning(ownerIdentity)) {
      throw new StartError(
        `Segue is already running in ${path.resolve(home)} (process ${Number.parseInt(ownerIdentity, 10)}). Stop it, or set another SEGUE_HOME for this one.`,
        { exitCode: EXIT_CONFIG },
      );
    }
    if (ownerIdentity !== undefined) removeStale(file, ownerIdentity);
  }
  return () => {
    if (readIfExists(file) === ownIdentity) fs.rmSync(file, { force: true });
  };
}

function tryCreate(file: string, content: string): boolean {
  // A hard link creates the file together with its content, so that no process reads a lock without an owner.
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, content);
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Two processes may find the same stale lock. Each checks the file that it moved aside, so that neither removes the other's new lock. */
function removeStale(file: string, expected: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    // Another process moved it first. The caller's next attempt reads the new owner.
    return;
  }
  if (fs.readFileSync(aside, 'utf8') !== expected) tryRestore(aside, file);
  fs.rmSync(aside, { force: true });
}

function tryRestore(aside: string, file: string): void {
  try {
    fs.linkSync(aside, file);
  } catch {
    // A third process has locked the folder in the meantime.
  }
}

function identityOf(pid: number): string {
  return `${pid} ${startTimeOf(pid) ?? ''}`;
}

function isRunning(identity: string): boolean {
  const [pid = '', start = ''] = identity.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return start === '' || startTimeOf(Number(pid)) === start;
}

/** The start time of a process; undefined without /proc and for a zombie. */
function startTimeOf(pid: number): string | undefined {
  const stat = readIfExists(`/proc/${pid}/stat`);
  // The second field is a name in parentheses and may contain spaces.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? undefined : fields?.[STAT_START_FIELD - 3];
}

function readIfExists(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
