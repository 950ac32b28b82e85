import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createDeps } from './compose.ts';
import type { Deps, Log } from './deps.ts';
import { keepSecret } from './embedded/kept-secret.ts';
import type { KeptSecret } from './embedded/kept-secret.ts';
import { startEmbeddedPostgres } from './embedded/postgres.ts';
import { parseKeyRing } from './env.ts';
import type { Env } from './env.ts';
import { createLog } from '#server/runtime/log.ts';
import type { Life } from '#server/runtime/process-life.ts';
import { withVendorAddresses } from '#server/runtime/ready-env.ts';
import type { ReadyEnv } from '#server/runtime/ready-env.ts';
import { migrateDatabase } from './repos/migrations.ts';
import { startSandbox } from './sandbox/start-sandbox.ts';
import type { Sandbox } from './sandbox/start-sandbox.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

export interface House {
  readonly env: ReadyEnv;
  readonly deps: Deps;
  /** The vendors' stand-ins that this process started; absent where the settings name others. */
  readonly sandbox: Sandbox | undefined;
  /** The database was started by this process, so no other one can have work in it. */
  readonly isAlone: boolean;
  /** Where the admin key is kept when it was generated. */
  readonly adminKey: KeptSecret | undefined;
}

interface Role {
  /** True for the one-process default, which brings what the settings leave out. */
  readonly isWhole: boolean;
  /** What PUBLIC_URL is when it is not set. */
  readonly url: string;
}

/** A client id that the stand-in takes; any would do. */
const SANDBOX_CLIENT = { SPOTIFY_CLIENT_ID: 'seguesandbox', SPOTIFY_CLIENT_SECRET: 'sandbox' };

/** Brings up everything behind the doors: keys, database, migrations, vendors. What it opens is closed at the end of `life`. */
export async function openHouse(env: Env, role: Role, life: Life): Promise<House> {
  const secrets: string[] = [];
  const log = logOf(env, secrets);
  const keys = keepKeys(env);
  const database = await openDatabase(env, { role, life, log });
  const vendors = await openVendors(env, role, life);
  const ready: ReadyEnv = { ...env, PUBLIC_URL: env.PUBLIC_URL ?? role.url, ...keys.env, ...vendors.env, DATABASE_URL: database.url };
  secrets.push(ready.ADMIN_API_KEY, decodeURIComponent(new URL(database.url).password), ready.SPOTIFY_CLIENT_SECRET ?? '');
  const deps = createDeps(ready, log);
  life.defer(() => deps.close());
  return { env: ready, deps, sandbox: vendors.sandbox, isAlone: database.isEmbedded, adminKey: keys.adminKey };
}

/** Lines for people in a terminal, JSON for whatever else reads us, unless the setting says. */
function logOf(env: Env, secrets: readonly string[]): Log {
  const format = env.LOG_FORMAT ?? (process.stdout.isTTY ? 'lines' : 'json');
  return createLog({ level: env.LOG_LEVEL, format, secrets });
}

function keepKeys(env: Env) {
  const adminKey = env.ADMIN_API_KEY ? undefined : keepSecret(env.SEGUE_HOME, 'admin-api-key', () => randomBytes(24).toString('base64url'));
  const tokenKeys =
    env.SPOTIFY_TOKEN_KEY ?? parseKeyRing(keepSecret(env.SEGUE_HOME, 'token-key', () => `k1:${randomBytes(32).toString('base64')}`).value);
  if (!tokenKeys)
    throw new StartError(`${path.join(env.SEGUE_HOME, 'token-key')} does not hold a key. Put its content back from a backup.`, {
      exitCode: EXIT_CONFIG,
    });
  return { adminKey, env: { ADMIN_API_KEY: env.ADMIN_API_KEY ?? adminKey?.value ?? '', SPOTIFY_TOKEN_KEY: tokenKeys } };
}

async function openDatabase(env: Env, { role, life, log }: { role: Role; life: Life; log: Log }): Promise<{ url: string; isEmbedded: boolean }> {
  if (env.DATABASE_URL) {
    await migrateReachable(env.DATABASE_URL);
    return { url: env.DATABASE_URL, isEmbedded: false };
  }
  if (!role.isWhole)
    throw new StartError('DATABASE_URL is not set. Server and worker apart need a database that both can reach; npm start brings its own.', {
      exitCode: EXIT_CONFIG,
    });
  const server = await startEmbeddedPostgres({
    dataFolder: path.join(env.SEGUE_HOME, 'postgres'),
    log: (text) => log.debug('postgres', { text: text.trim() }),
    onExit: (why) =>
      life.fail(new StartError(`The embedded PostgreSQL ended by itself (${why}). Start Segue again; LOG_LEVEL=debug shows what it says.`)),
  });
  life.defer(() => server.stop());
  await migrateDatabase(server.url);
  return { url: server.url, isEmbedded: true };
}

/** A database of somebody else's may be down, or not let us in: foreseen, and told in a sentence. */
async function migrateReachable(url: string): Promise<void> {
  try {
    await migrateDatabase(url);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const { host, pathname } = new URL(url);
    if (!/^(E[A-Z]+|28\w{3}|3D000|53300|57P03|42501)$/.test(code)) throw error;
    const said = error instanceof Error && error.message ? error.message : code;
    throw new StartError(`The database at ${host}${pathname} does not let us in (${said}). Check DATABASE_URL, and that the server runs.`, {
      cause: error,
    });
  }
}

async function openVendors(env: Env, role: Role, life: Life) {
  const addresses = withVendorAddresses(env);
  if (env.SPOTIFY_CLIENT_ID) return { env: { ...addresses, SPOTIFY_CLIENT_ID: env.SPOTIFY_CLIENT_ID }, sandbox: undefined };
  if (env.SPOTIFY_API_URL) return { env: { ...addresses, ...SANDBOX_CLIENT }, sandbox: undefined };
  if (!role.isWhole) {
    const remedy = 'Set it, or start npm run sandbox and set the variables that it prints; npm start brings its own.';
    throw new StartError(`SPOTIFY_CLIENT_ID is not set. ${remedy}`, { exitCode: EXIT_CONFIG });
  }
  const sandbox = await startSandbox({
    catalogue: { albums: env.SANDBOX_ALBUMS, seed: 1 },
    profile: env.SPOTIFY_PROFILE,
    stateFile: path.join(env.SEGUE_HOME, 'sandbox.json'),
    portFile: path.join(env.SEGUE_HOME, 'sandbox-port'),
  });
  life.defer(() => sandbox.close());
  return { env: { ...addresses, ...SANDBOX_CLIENT, ...sandboxAddresses(sandbox) }, sandbox };
}

function sandboxAddresses({ spotify, reccobeats, musicbrainz }: Sandbox) {
  return {
    SPOTIFY_API_URL: spotify.origin,
    SPOTIFY_ACCOUNTS_URL: spotify.accountsUrl,
    RECCOBEATS_URL: reccobeats.url,
    MUSICBRAINZ_URL: musicbrainz.url,
  };
}
