import fs from 'node:fs';
import path from 'node:path';
import { userInfo } from 'node:os';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

/** A system account that PostgreSQL can run as. */
export interface DatabaseUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The account to run PostgreSQL as; undefined when the current user will do. PostgreSQL refuses root and uids without a passwd entry. Throws StartError. */
export function databaseUser(uid = process.getuid?.(), lookUp: () => unknown = userInfo): DatabaseUser | undefined {
  if (uid !== 0) {
    requireAccount(uid, lookUp);
    return undefined;
  }
  const accounts = fs.readFileSync('/etc/passwd', 'utf8').split('\n').map(parseAccount);
  const user = accounts.find((a) => a?.name === 'postgres') ?? accounts.find((a) => a?.name === 'nobody') ?? accounts.find((a) => a && a.uid > 0);
  if (user) return user;
  throw new StartError('PostgreSQL does not run as root, and this machine has no other account. Start Segue as a normal user, or set DATABASE_URL.');
}

/** initdb and the server look their user's name up. Containers often run under a uid that has none. */
function requireAccount(uid: number | undefined, lookUp: () => unknown): void {
  try {
    lookUp();
  } catch (cause) {
    const remedy = `Add one (in a container: echo "segue:x:${uid}:${uid}::/tmp:/bin/sh" >> /etc/passwd), start Segue as another user, or set DATABASE_URL.`;
    throw new StartError(`The embedded PostgreSQL needs a user with a name, and user id ${uid} has no entry in /etc/passwd. ${remedy}`, {
      exitCode: EXIT_CONFIG,
      cause,
    });
  }
}

/** True when `user` may enter every existing folder on the path to `target`. */
export function canReach(user: DatabaseUser, target: string): boolean {
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    if (!mayEnter(user, at)) return false;
    if (at === path.dirname(at)) return true;
  }
}

function mayEnter(user: DatabaseUser, folder: string): boolean {
  const stat = fs.statSync(folder, { throwIfNoEntry: false });
  if (!stat) return true;
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

function parseAccount(line: string): DatabaseUser | undefined {
  const [name, , uid, gid] = line.split(':');
  return name && uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : undefined;
}
