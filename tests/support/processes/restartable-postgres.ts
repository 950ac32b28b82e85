import { databaseUser } from '#server/embedded/database-user.ts';
import { locateBinaries } from '#server/embedded/binaries.ts';
import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import { readPostmaster } from '#server/embedded/postmaster.ts';
import { spawnServer } from '#server/embedded/server-process.ts';
import { readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { temporaryFolder } from './real-process.ts';

/** Commits survive a crash of the server processes, though not of the machine. Without these settings a crash loses confirmed commits. */
export const DURABLE_COMMITS = { synchronous_commit: 'on', full_page_writes: 'on' };

const POLL_MS = 10;
const POLLS_MAX = 18_000;

/** A Postgres for one test that can be crashed and started again at the same address. */
export async function startRestartablePostgres() {
  const folder = temporaryFolder();
  const data = path.join(folder.path, 'data');
  const first = await startEmbeddedPostgres({ dataFolder: data, durable: false, settings: DURABLE_COMMITS });
  const port = Number(new URL(first.url).port);
  const user = databaseUser();
  const binaries = await locateBinaries(user);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    timezone: 'UTC',
    jit: 'off',
    fsync: 'off',
    ...DURABLE_COMMITS,
  };
  const command = [path.join(binaries, 'bin', 'postgres'), '-D', data] as const;
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let stop = () => first.stop();
  const start = async () => {
    const server = spawnServer([...command, ...args], user, {});
    for (let polls = 0; !readPostmaster(data)?.isReady; polls += 1) {
      if (server.ended() !== undefined || polls > POLLS_MAX) throw new Error(`PostgreSQL did not start again: ${server.tail()}`);
      await wait(POLL_MS);
    }
    const pid = readPostmaster(data)?.pid ?? 0;
    server.release();
    stop = () => server.stop(pid);
  };
  /** Immediate shutdown: all sessions are cut, nothing is flushed; the next start recovers from the log. */
  const crash = async () => {
    const pid = readPostmaster(data)?.pid;
    if (pid === undefined) throw new Error('PostgreSQL is not running.');
    process.kill(pid, 'SIGQUIT');
    for (let polls = 0; isAlive(pid); polls += 1) {
      if (polls > POLLS_MAX) throw new Error('PostgreSQL did not stop.');
      await wait(POLL_MS);
    }
  };
  return {
    url: first.url,
    dataFolder: data,
    crash,
    start,
    [Symbol.asyncDispose]: async () => {
      await stop();
      folder[Symbol.dispose]();
    },
  };
}

/** The server and all its processes, which work in its data folder. */
export function processesOf(dataFolder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && readlinkSync(`/proc/${pid}/cwd`) === dataFolder;
      } catch {
        return false;
      }
    });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
