import { createDatabase } from '#server/repos/database.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { createCleanupStack } from '#server/runtime/cleanup-stack.ts';
import type { CleanupStack } from '#server/runtime/cleanup-stack.ts';
import { createCaches } from './caches.ts';
import { openStream } from '#server/database/drivers.ts';
import type { Deps, Log, RoleConnections, Settings } from './deps.ts';
import { createFaultPoint } from '#server/runtime/fault-point.ts';
import { openPool } from '#server/database/pool.ts';
import { isSandbox } from '#server/runtime/ready-env.ts';
import type { ReadyEnv } from '#server/runtime/ready-env.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { findAnyAccessToken } from '#server/use-cases/accounts/find-any-access-token.ts';
import { digest, splitAdminKeys } from '#server/use-cases/auth/secrets.ts';
import { createAssetStores } from './asset-stores.ts';
import { createCoverJpeg } from './providers/cover-jpeg/cover-jpeg.ts';
import { createVideoFiles } from './providers/video-files/bare-video.ts';
import { createCoverType } from './providers/cover-type/cover-type.ts';
import { createLoraFiles } from './providers/lora-files/create-lora-files.ts';
import { createLocalArt } from './providers/local-art/local-art.ts';
import { MODELS } from '#shared/domain/studio/models/index.ts';
import { createVendors } from './vendors.ts';
import path from 'node:path';

/**
 * Connections of one process for each role. Small, since more of them only add context switches in the database; jobs hold some for their locks, and one of
 * the public ones listens for changed short links.
 */
const CONNECTIONS_MAX = { public: 9, operator: 5, jobs: 16 } as const;
const STREAMS_MAX = { public: 1, operator: 3, jobs: 4 } as const;
/** 256 bits. */
const SECRET_BYTES = 32;
/** Spotify can take up to a minute to list a new playlist. The sandbox lists it at once. */
const SETTLE_MS = 60_000;

/** Builds every dependency of the use cases from the settings. Tests replace parts with `overrides` (clock, log, settings). The caller must `close` it. */
export function createDeps(env: ReadyEnv, log: Log, overrides: Partial<Omit<Deps, 'settings'>> & { settings?: Partial<Settings> } = {}): Deps {
  const closing = createCleanupStack();
  const bootId = randomUUID();
  const connect = (role: 'public' | 'operator' | 'jobs') => openConnections(env.DATABASE_URL, { role, bootId, log, closing });
  const pages = { public: connect('public'), operator: connect('operator') };
  const jobs = connect('jobs');
  const now = overrides.now ?? (() => new Date());
  const { settings, ...rest } = overrides;
  const caches = createCaches();
  const localArt = createLocalArt();
  closing.defer(() => caches.feasibility.close());
  closing.defer(() => caches.shortLinks.close());
  const coverFiles = createCoverJpeg();
  const deps: Deps = {
    ...jobs,
    pages,
    log,
    now,
    newId: () => randomUUID(),
    bootId,
    newSecret: () => randomBytes(SECRET_BYTES).toString('base64url'),
    caches,
    sealer: createSealer(env.SPOTIFY_TOKEN_KEY),
    signingSeed: env.SEGUE_SIGNING_KEY,
    ...createVendors(env, { db: jobs.db, now, localArt, borrowToken: () => findAnyAccessToken(deps), defer: (close) => closing.defer(close) }),
    localArt,
    models: MODELS,
    loraFiles: createLoraFiles(path.join(env.SEGUE_HOME, 'loras'), now),
    assets: createAssetStores(env, now).assets,
    coverFiles,
    videoFiles: createVideoFiles(),
    coverType: createCoverType(coverFiles),
    faultPoint: createFaultPoint(env.FAULT_AT),
    close: () => closing.close(),
    ...rest,
    settings: { ...settingsFrom(env), ...settings },
  };
  return deps;
}

function openConnections(
  url: string,
  { role, bootId, log, closing }: { role: 'public' | 'operator' | 'jobs'; bootId: string; log: Log; closing: CleanupStack },
): RoleConnections {
  // The sessions of jobs are found by this name when their worker is lost.
  const pool = openPool(url, { role, max: CONNECTIONS_MAX[role], name: role === 'jobs' ? `segue ${bootId}` : `segue ${role} ${bootId}`, log });
  closing.defer(() => pool.end());
  const stream = openStream(url, { role, max: STREAMS_MAX[role], name: `segue streams ${bootId}` });
  closing.defer(() => stream.end({ timeout: 5 }));
  return { db: createDatabase(pool), pool, stream };
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
    promptSource: env.PROMPT_SOURCE,
    ingestConcurrency: env.INGEST_CONCURRENCY,
    settleMs: sandbox ? 0 : SETTLE_MS,
  };
}
