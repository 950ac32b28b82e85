import fs from 'node:fs';
import path from 'node:path';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

/** Field 22 of /proc/PID/stat: when the process began, which tells it from a later one with the same number. */
const STAT_START_FIELD = 22;

/** One process per home folder. Throws a StartError that names the other process; what a dead one left is taken over. Returns the release. */
export function lockHouse(home: string): () => void {
  fs.mkdirSync(home, { recursive: true });
  const file = path.join(home, 'running');
  const mine = identityOf(process.pid);
  for (;;) {
    if (tryCreate(file, mine)) break;
    const other = readIfThere(file);
    if (other !== undefined && isRunning(other)) {
      throw new StartError(
        `Segue already runs in ${path.resolve(home)} (process ${Number.parseInt(other, 10)}). Stop it, or give this one another SEGUE_HOME.`,
        { exitCode: EXIT_CONFIG },
      );
    }
    if (other !== undefined) removeStale(file, other);
  }
  return () => {
    if (readIfThere(file) === mine) fs.rmSync(file, { force: true });
  };
}

function tryCreate(file: string, content: string): boolean {
  // Linked into place with its content, so that nobody ever reads a lock without an owner.
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

/** Two that find the same stale lock must not remove each other's fresh one: what was moved aside is looked at again. */
function removeStale(file: string, expected: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    // The other one was faster; the next round sees whose lock it is.
    return;
  }
  if (fs.readFileSync(aside, 'utf8') !== expected) tryRestore(aside, file);
  fs.rmSync(aside, { force: true });
}

function tryRestore(aside: string, file: string): void {
  try {
    fs.linkSync(aside, file);
  } catch {
    // A third one took the place meanwhile and is the owner now.
  }
}

function identityOf(pid: number): string {
  return `${pid} ${startOf(pid) ?? ''}`;
}

function isRunning(identity: string): boolean {
  const [pid = '', start = ''] = identity.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return start === '' || startOf(Number(pid)) === start;
}

/** Undefined where there is no /proc, and for a process that ended without being waited for. */
function startOf(pid: number): string | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The second field is a name in brackets and may hold spaces.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? undefined : fields?.[STAT_START_FIELD - 3];
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
