import { Client } from 'pg';
import type { Connection, Pool, PoolClient } from 'pg';
import type { Log } from '#server/deps.ts';
import { pgConfig } from './drivers.ts';
import type { DatabaseRole } from './session-settings.ts';

/** A connection in use for this long is a reason to ask whether the server answers at all. */
const STALLED_MS = 1_500;
const TURN_MS = 100;
/** Twenty timers in turn rather than two seconds: while this process calculates, the answer may have arrived and not been read yet. */
const TURNS_MAX = 20;
/** A server's own refusal, such as "too many connections", is an answer, too. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

interface WatchOptions {
  readonly url: string;
  readonly role: DatabaseRole;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * Ends the connections of a pool when the server has stopped answering, so that its waiting statements fail instead of waiting for TCP's own time limit, which is minutes.
 * Time limits of the server itself do not help when the server is suspended or cut off. States:
 * - idle → watching: a connection is taken; → idle: all are returned
 * - watching → asking: a connection has been in use for 1.5 s; a new connection sends `select 1`
 * - asking → watching: the server answered; or it did not within two seconds, and every connection in use was destroyed
 */
export function watchStalls(pool: Pool, options: WatchOptions): void {
  const busySince = new Map<PoolClient, number>();
  let timer: NodeJS.Timeout | undefined;
  let isAsking = false;
  const check = async () => {
    const oldest = Math.min(...busySince.values());
    if (isAsking || performance.now() - oldest < STALLED_MS) return;
    isAsking = true;
    const isAnswering = await isServerAnswering(options).catch(() => false);
    isAsking = false;
    if (isAnswering || busySince.size === 0) return;
    options.log.warn('the database does not answer; its connections are ended', { connections: busySince.size });
    for (const client of busySince.keys()) destroy(client);
  };
  pool.on('acquire', (client) => {
    busySince.set(client, performance.now());
    timer ??= setInterval(() => void check(), STALLED_MS / 3).unref();
  });
  pool.on('release', (_error, client) => {
    busySince.delete(client);
    if (busySince.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  });
}

/** The socket's own end is the only thing that ends a statement of node-postgres which the server does not answer. */
function destroy(client: PoolClient): void {
  (client as unknown as { readonly connection: Connection }).connection.stream.destroy();
}

async function isServerAnswering({ url, role }: WatchOptions): Promise<boolean> {
  const client = new Client(pgConfig(url, { role, name: 'segue stall check' }));
  client.on('error', () => {});
  let turns = 0;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setInterval(() => ((turns += 1) > TURNS_MAX ? resolve(false) : undefined), TURN_MS);
  });
  const answer = client
    .connect()
    .then(() => client.query('select 1'))
    .then(
      () => true,
      (error: unknown) => error instanceof Error && 'code' in error && SQLSTATE.test(String(error.code)) && !String(error.code).startsWith('E'),
    );
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearInterval(timer);
    destroy(client as unknown as PoolClient);
  }
}
