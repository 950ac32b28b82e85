import fs from 'node:fs';
import path from 'node:path';
import { StartError } from '#server/runtime/start-error.ts';

/** A system account that PostgreSQL can run as. */
export interface DatabaseUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The account to run PostgreSQL as; undefined when the current user will do. PostgreSQL refuses root and uids without a passwd entry. Throws StartError. */
export function databaseUser(): DatabaseUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = fs.readFileSync('/etc/passwd', 'utf8').split('\n').map(parseAccount);
  const user = accounts.find((a) => a?.name === 'postgres') ?? accounts.find((a) => a?.name === 'nobody') ?? accounts.find((a) => a && a.uid > 0);
  if (user) return user;
  throw new StartError('PostgreSQL does not run as root, and this machine has no other account. Start Segue as a normal user, or set DATABASE_URL.');
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
