import { createTasks } from '#jobs/tasks/index.ts';
import type { Actor } from '#server/actor.ts';
import { createApp } from '#server/app.ts';
import { createCleanupStack } from '#server/runtime/cleanup-stack.ts';
import { createDeps } from '#server/compose.ts';
import type { Deps, Settings } from '#server/deps.ts';
import { loadEnv } from '#server/env.ts';
import { openHttpListener } from '#server/http/http-listener.ts';
import { withVendorAddresses } from '#server/runtime/ready-env.ts';
import type { ReadyEnv } from '#server/runtime/ready-env.ts';
import { createCaller } from '#server/routers/index.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import type { SandboxOptions } from '#server/sandbox/start-sandbox.ts';
import { sql } from 'drizzle-orm';
import { runOnce } from 'graphile-worker';
import { randomBytes } from 'node:crypto';
import { vi } from 'vitest';
import { createTestClock } from '#tests/support/time/clock.ts';
import { cloneDatabase } from './database.ts';
import { createTestLog } from './log.ts';

interface TestAppOptions {
  /** Starts the real HTTP server on a free port too; see `baseUrl`. */
  readonly http?: boolean;
  /** Folder of the built pages, served by that server. */
  readonly webRoot?: string;
  /** An existing database, for a second app that shares it. */
  readonly databaseUrl?: string;
  /** Default: 200 generated albums of seed 1. */
  readonly sandbox?: Omit<SandboxOptions, 'now'>;
  /** Instant at which the clock starts; it runs on from there. Default: the present. */
  readonly at?: string;
  readonly settings?: Partial<Settings>;
  readonly deps?: Partial<Omit<Deps, 'settings' | 'now'>>;
  /** Variables of server/env.ts in addition to those a test app needs. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Far above the time it takes on a busy machine. */
const WAIT_LIMIT = { timeout: 60_000, interval: 20 };

export const TEST_ADMIN_KEY = 'a-key-that-only-the-tests-know-0123456789';

/** Real code on its own database, sandbox and deps, disposed at the end of the scope. The test fails when anything writes to console.error. */
export async function startTestApp(options: TestAppOptions = {}) {
  const closing = createCleanupStack();
  try {
    const app = await open(options, (close) => closing.defer(close));
    return { ...app, [Symbol.asyncDispose]: () => closing.close() };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

async function open(options: TestAppOptions, defer: (close: () => unknown) => void) {
  defer(watchConsole());
  const clock = createTestClock(options.at);
  const databaseUrl = options.databaseUrl ?? (await cloneDatabase());
  const sandbox = await startSandbox({ catalog: { albums: 200, seed: 1 }, ...options.sandbox, now: () => clock.now().getTime() });
  defer(() => sandbox.close());
  const server = options.http ? await openHttpListener({ host: '127.0.0.1', port: 0 }) : undefined;
  const baseUrl = server?.url ?? 'http://127.0.0.1:3000';
  const { log, entries } = createTestLog();
  const deps = createDeps(envOf({ databaseUrl, baseUrl }, { ...sandbox.env, ...options.env }), log, {
    ...options.deps,
    now: clock.now,
    ...(options.settings ? { settings: options.settings } : {}),
  });
  defer(() => deps.close());
  defer(() => server?.close());
  server?.serve(createApp(deps, { isDraining: server.isDraining, ...(options.webRoot === undefined ? {} : { webRoot: options.webRoot }) }));
  return {
    deps,
    databaseUrl,
    baseUrl,
    clock,
    sandbox,
    /** Control of the Spotify sandbox: faults, people, playlists, the request log. */
    spotify: sandbox.spotify.control,
    /** Log entries, oldest first. */
    logged: entries,
    as: (actor: Actor) => createCaller({ deps, actor }),
    admin: createCaller({ deps, actor: { kind: 'admin_key' } }),
    runJobs: () => runJobs(deps),
  };
}

/** Runs all due jobs, and the jobs they add, until none is left. */
async function runJobs(deps: Deps): Promise<void> {
  await runOnce({ pgPool: deps.pool, taskList: createTasks(deps), noHandleSignals: true });
  // The queue may return a moment before a failed job is unlocked.
  await vi.waitFor(async () => {
    const locked = await deps.db.execute(sql`select 1 from graphile_worker.jobs where locked_at is not null`);
    if (locked.rows.length > 0) throw new Error('A job is still locked.');
  }, WAIT_LIMIT);
}

function envOf(addresses: { databaseUrl: string; baseUrl: string }, variables: Readonly<Record<string, string>>): ReadyEnv {
  const env = loadEnv({
    MUSICBRAINZ_CONTACT: 'tests@segue.example',
    SPOTIFY_CLIENT_ID: 'testclient',
    SPOTIFY_CLIENT_SECRET: 'testsecret',
    ...variables,
  });
  return {
    ...env,
    ...withVendorAddresses(env),
    DATABASE_URL: addresses.databaseUrl,
    PUBLIC_URL: addresses.baseUrl,
    ADMIN_API_KEY: env.ADMIN_API_KEY ?? TEST_ADMIN_KEY,
    SPOTIFY_CLIENT_ID: env.SPOTIFY_CLIENT_ID ?? 'testclient',
    SPOTIFY_TOKEN_KEY: env.SPOTIFY_TOKEN_KEY ?? [{ id: 'test', key: randomBytes(32) }],
  };
}

/** Records calls of console.error. Returns a function that restores it and throws when there were any. */
function watchConsole(): () => void {
  const written: unknown[][] = [];
  const original = console.error;
  console.error = (...args: unknown[]) => void written.push(args);
  return () => {
    console.error = original;
    if (written.length > 0) throw new Error(`console.error was called: ${written.map((args) => args.map(String).join(' ')).join('\n')}`);
  };
}
