import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createDeps } from './compose.ts';
import type { Deps, Log } from './deps.ts';
import { splitAdminKeys } from '#server/use-cases/auth/secrets.ts';
import { loadOrCreateSecret } from '#server/embedded/stored-secret.ts';
import type { StoredSecret } from '#server/embedded/stored-secret.ts';
import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import { parseKeyRing } from './env.ts';
import type { Env } from './env.ts';
import { createLog } from '#server/runtime/log.ts';
import type { ProcessLifecycle } from '#server/runtime/process-lifecycle.ts';
import { withVendorAddresses } from '#server/runtime/ready-env.ts';
import type { ReadyEnv } from '#server/runtime/ready-env.ts';
import { parseDatabaseUrl } from '#server/database/address.ts';
import { prepareDatabase } from '#server/database/prepare-database.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import type { Sandbox } from '#server/sandbox/start-sandbox.ts';
import { prepareSigningKey } from '#server/use-cases/auth/signing/prepare-signing-key.ts';
import { AppError } from '#shared/errors.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

export interface Runtime {
  readonly env: ReadyEnv;
  readonly deps: Deps;
  /** The sandbox vendors that this process started; undefined when the settings name other servers. */
  readonly sandbox: Sandbox | undefined;
  /** True when this process started the database, so no other process can hold jobs in it. */
  readonly hasOwnDatabase: boolean;
  /** The generated admin key and its file; undefined when ADMIN_API_KEY is set. */
  readonly adminKey: StoredSecret | undefined;
}

interface Role {
  /** True for the single-process default, which starts whatever the settings leave out. */
  readonly isWhole: boolean;
  /** Used for PUBLIC_URL when it is not set. */
  readonly url: string;
}

/** The app that the sandbox of this process registers. */
const SANDBOX_CLIENT = { SPOTIFY_CLIENT_ID: 'seguesandbox', SPOTIFY_CLIENT_SECRET: 'sandbox' };

const CALLBACK_PATHS = ['/auth/spotify/callback', '/auth/spotify/connected'];

/** Prepares everything behind the HTTP server: keys, database, migrations, vendors. Registers each cleanup with `lifecycle`. Throws StartError. */
export async function startRuntime(env: Env, role: Role, lifecycle: ProcessLifecycle): Promise<Runtime> {
  const secrets: string[] = [];
  const log = createProcessLog(env, secrets);
  const keys = loadKeys(env);
  const database = await openDatabase(env, { role, lifecycle, log });
  const vendors = await openVendors(env, role, lifecycle);
  const ready: ReadyEnv = { ...env, PUBLIC_URL: env.PUBLIC_URL ?? role.url, ...keys.env, ...vendors.env, DATABASE_URL: database.url };
  secrets.push(
    ...splitAdminKeys(ready.ADMIN_API_KEY),
    parseDatabaseUrl(database.url).password ?? '',
    ready.SPOTIFY_CLIENT_SECRET ?? '',
    ...vendorKeys(ready),
  );
  const deps = createDeps(ready, log);
  lifecycle.defer(() => deps.close());
  await requireSigningKey(deps);
  return { env: ready, deps, sandbox: vendors.sandbox, hasOwnDatabase: database.isEmbedded, adminKey: keys.adminKey };
}

/** Without its key Segue could not sign, and a certificate that a listener downloads later would name another key. */
async function requireSigningKey(deps: Deps): Promise<void> {
  try {
    await prepareSigningKey(deps);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StartError([error.message, error.remedy ?? ''].join(' ').trim(), { exitCode: EXIT_CONFIG, cause: error });
  }
}

/** Text lines in a terminal, JSON elsewhere, unless LOG_FORMAT is set. */
function createProcessLog(env: Env, secrets: readonly string[]): Log {
  const format = env.LOG_FORMAT ?? (process.stdout.isTTY ? 'lines' : 'json');
  return createLog({ level: env.LOG_LEVEL, format, secrets });
}

function loadKeys(env: Env) {
  const adminKey = env.ADMIN_API_KEY ? undefined : loadOrCreateSecret(env.SEGUE_HOME, 'admin-api-key', () => randomBytes(24).toString('base64url'));
  const tokenKeys =
    env.SPOTIFY_TOKEN_KEY ?? parseKeyRing(loadOrCreateSecret(env.SEGUE_HOME, 'token-key', () => `k1:${randomBytes(32).toString('base64')}`).value);
  if (!tokenKeys)
    throw new StartError(`${path.join(env.SEGUE_HOME, 'token-key')} does not contain a valid key. Restore the file from a backup.`, {
      exitCode: EXIT_CONFIG,
    });
  return { adminKey, env: { ADMIN_API_KEY: env.ADMIN_API_KEY ?? adminKey?.value ?? '', SPOTIFY_TOKEN_KEY: tokenKeys } };
}

async function openDatabase(
  env: Env,
  { role, lifecycle, log }: { role: Role; lifecycle: ProcessLifecycle; log: Log },
): Promise<{ url: string; isEmbedded: boolean }> {
  if (env.DATABASE_URL) {
    return { url: await prepareDatabase(env.DATABASE_URL, log), isEmbedded: false };
  }
  if (!role.isWhole)
    throw new StartError(
      'DATABASE_URL is not set. Separate server and worker processes need a shared PostgreSQL database. Set DATABASE_URL, or use npm start, which starts its own.',
      {
        exitCode: EXIT_CONFIG,
      },
    );
  const server = await startEmbeddedPostgres({
    dataFolder: path.join(env.SEGUE_HOME, 'postgres'),
    log: (text) => log.debug('postgres', { text: text.trim() }),
    onExit: (reason) =>
      lifecycle.fail(new StartError(`The embedded PostgreSQL stopped unexpectedly (${reason}). Start Segue again. LOG_LEVEL=debug shows its log.`)),
  });
  lifecycle.defer(() => server.stop());
  return { url: await prepareDatabase(server.url, log), isEmbedded: true };
}

async function openVendors(env: Env, role: Role, lifecycle: ProcessLifecycle) {
  const addresses = withVendorAddresses(env);
  if (env.SPOTIFY_CLIENT_ID) return { env: { ...addresses, SPOTIFY_CLIENT_ID: env.SPOTIFY_CLIENT_ID }, sandbox: undefined };
  if (env.SPOTIFY_API_URL) return { env: { ...addresses, ...SANDBOX_CLIENT }, sandbox: undefined };
  if (!role.isWhole) {
    const remedy = 'Set it, or run npm run sandbox and set the variables it prints. npm start starts its own sandbox.';
    throw new StartError(`SPOTIFY_CLIENT_ID is not set. ${remedy}`, { exitCode: EXIT_CONFIG });
  }
  const sandbox = await startSandbox({
    catalog: { albums: env.SANDBOX_ALBUMS, seed: 1 },
    profile: env.SPOTIFY_PROFILE,
    stateFile: path.join(env.SEGUE_HOME, 'sandbox.json'),
    portFile: path.join(env.SEGUE_HOME, 'sandbox-port'),
    controlToken: loadOrCreateSecret(env.SEGUE_HOME, 'sandbox-control-token', () => randomBytes(24).toString('base64url')).value,
    client: {
      id: SANDBOX_CLIENT.SPOTIFY_CLIENT_ID,
      secret: SANDBOX_CLIENT.SPOTIFY_CLIENT_SECRET,
      redirectUris: CALLBACK_PATHS.map((callback) => new URL(callback, env.PUBLIC_URL ?? role.url).href),
    },
  });
  lifecycle.defer(() => sandbox.close());
  return { env: { ...addresses, ...SANDBOX_CLIENT, ...sandboxAddresses(sandbox), ...sandboxImageVendors(env, sandbox) }, sandbox };
}

function sandboxAddresses({ spotify, reccobeats, musicbrainz }: Sandbox) {
  return {
    SPOTIFY_API_URL: spotify.origin,
    SPOTIFY_ACCOUNTS_URL: spotify.accountsUrl,
    RECCOBEATS_URL: reccobeats.url,
    MUSICBRAINZ_URL: musicbrainz.url,
  };
}

/** The sandbox of each image vendor for which no key is set; with a key the vendor itself is asked, also while Spotify is simulated. */
function sandboxImageVendors(env: Env, { imageVendors }: Sandbox) {
  return {
    ...(env.GEMINI_API_KEY === undefined ? imageVendors.gemini : {}),
    ...(env.STABILITY_API_KEY === undefined ? imageVendors.stability : {}),
    ...(env.FAL_KEY === undefined ? imageVendors.fal : {}),
  };
}

const vendorKeys = (env: Env) => [env.GEMINI_API_KEY, env.STABILITY_API_KEY, env.FAL_KEY, env.S3_SECRET_ACCESS_KEY].map((key) => key ?? '');
