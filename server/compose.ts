import { createDatabase } from '#server/repos/database.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { createCleanupStack } from '#server/runtime/cleanup-stack.ts';
import { createCaches } from './caches.ts';
import type { Deps, Log, Settings } from './deps.ts';
import { createFaultPoint } from '#server/runtime/fault-point.ts';
import { openPool } from '#server/runtime/pool.ts';
import { isSandbox } from '#server/runtime/ready-env.ts';
import type { ReadyEnv } from '#server/runtime/ready-env.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { findAnyAccessToken } from '#server/use-cases/accounts/find-any-access-token.ts';
import { digest, splitAdminKeys } from '#server/use-cases/auth/secrets.ts';
import { createVendors } from './vendors.ts';

/** Enough for every request and job of one process. More connections only add context switches in the database. */
const POOL_MAX = 16;
const STREAMS_MAX = 4;
const STREAM_IDLE_S = 30;
/** 256 bits. */
const SECRET_BYTES = 32;
/** Spotify can take up to a minute to list a new playlist. The sandbox lists it at once. */
const SETTLE_MS = 60_000;

/** Builds every dependency of the use cases from the settings. Tests replace parts with `overrides` (clock, log, settings). The caller must `close` it. */
export function createDeps(env: ReadyEnv, log: Log, overrides: Partial<Omit<Deps, 'settings'>> & { settings?: Partial<Settings> } = {}): Deps {
  const closing = createCleanupStack();
  const bootId = randomUUID();
  const pool = openPool(env.DATABASE_URL, { max: POOL_MAX, name: `segue ${bootId}`, log });
  closing.defer(() => pool.end());
  const stream = postgres(env.DATABASE_URL, {
    max: STREAMS_MAX,
    idle_timeout: STREAM_IDLE_S,
    onnotice: () => {},
    connection: { application_name: `segue streams ${bootId}` },
  });
  closing.defer(() => stream.end({ timeout: 5 }));
  const db = createDatabase(pool);
  const now = overrides.now ?? (() => new Date());
  const { settings, ...rest } = overrides;
  const deps: Deps = {
    db,
    pool,
    stream,
    log,
    now,
    newId: () => randomUUID(),
    bootId,
    newSecret: () => randomBytes(SECRET_BYTES).toString('base64url'),
    caches: createCaches(),
    sealer: createSealer(env.SPOTIFY_TOKEN_KEY),
    ...createVendors(env, { db, now, borrowToken: () => findAnyAccessToken(deps), defer: (close) => closing.defer(close) }),
    faultPoint: createFaultPoint(env.FAULT_AT),
    close: () => closing.close(),
    ...rest,
    settings: { ...settingsFrom(env), ...settings },
  };
  return deps;
}

function settingsFrom(env: ReadyEnv): Settings {
  const sandbox = isSandbox(env);
  return {
    publicUrl: env.PUBLIC_URL,
    allowedOrigins: env.ALLOWED_ORIGINS,
    allowedHosts: env.ALLOWED_HOSTS,
    sandbox,
    adminKeyDigests: splitAdminKeys(env.ADMIN_API_KEY).map(digest),
    playlistNameTemplate: env.PLAYLIST_NAME_TEMPLATE,
    spotifyRedirectUri: `${env.PUBLIC_URL}/auth/spotify/callback`,
    spotifyWebUrl: sandbox ? env.SPOTIFY_API_URL : 'https://open.spotify.com',
    ingestConcurrency: env.INGEST_CONCURRENCY,
    settleMs: sandbox ? 0 : SETTLE_MS,
  };
}
