import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { locateBinaries } from './binaries.ts';
import type { DataFolder } from './data-folder.ts';
import { prepareDataFolder } from './data-folder.ts';
import { databaseUser } from './database-user.ts';
import { freePort } from './free-port.ts';
import { stopOrphan, readPostmaster } from './postmaster.ts';
import type { ServerProcess } from './server-process.ts';
import { spawnServer } from './server-process.ts';
import { StartError } from '#server/runtime/start-error.ts';

interface EmbeddedPostgresOptions {
  readonly dataFolder: string;
  /** False only in tests: turns off fsync, so a power cut can lose all data. */
  readonly durable?: boolean;
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Called with lines that PostgreSQL writes to its log. */
  readonly log?: (text: string) => void;
  /** Called when the server ends without `stop`. */
  readonly onExit?: (reason: string) => void;
}

export interface EmbeddedPostgres {
  readonly url: string;
  readonly dataFolder: string;
  readonly pid: number;
  urlFor(database: string): string;
  /** Fast shutdown: rolls back open transactions; all committed data is on disk. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;
const POLL_MS = 10;
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The queries are short; compiling them costs more than it saves.
  jit: 'off',
};
const UNSAFE_BUT_FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Starts a private PostgreSQL 18 on loopback from the binaries in node_modules. It stops when this process ends, even after kill -9. Throws StartError. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = databaseUser();
  const durable = options.durable ?? true;
  const binaries = await locateBinaries(user);
  const data = await prepareDataFolder(path.resolve(options.dataFolder), { binaries, user, durable });
  await stopOrphan(data.path);
  const port = await freePort();
  const settings = { ...SETTINGS, port, ...(durable ? {} : UNSAFE_BUT_FAST), ...options.settings };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawnServer([path.join(binaries, 'bin', 'postgres'), '-D', data.path, ...args], user, options);
  const pid = await waitUntilReady(server, data, port);
  server.release();
  const urlFor = (database: string) => `postgres://postgres:${data.password}@127.0.0.1:${port}/${database}`;
  return { url: urlFor('postgres'), urlFor, dataFolder: data.path, pid, stop: () => server.stop(pid) };
}

async function waitUntilReady(server: ServerProcess, data: DataFolder, port: number): Promise<number> {
  for (let waitedMs = 0; waitedMs < START_LIMIT_MS; waitedMs += POLL_MS) {
    const running = readPostmaster(data.path);
    if (running?.isReady && running.port === port) return running.pid;
    if (server.ended() !== undefined) throw new StartError(`PostgreSQL could not start in ${data.path} (${server.ended()}): ${server.tail().trim()}`);
    await wait(POLL_MS);
  }
  throw new StartError(`PostgreSQL did not become ready within ${START_LIMIT_MS / 1000} s in ${data.path}: ${server.tail().trim()}`);
}
