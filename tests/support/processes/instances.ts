import type { Deps } from '#server/deps.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import type { SandboxOptions } from '#server/sandbox/start-sandbox.ts';
import { spotifyAlbumId } from '#shared/ids.ts';
import { createTestClock } from '#tests/support/time/clock.ts';
import { cloneDatabase } from '#tests/support/database.ts';
import { openInstance } from './instance.ts';

/** Time after which every process has read what another one wrote to the database. */
export const STATE_REFRESH_MS = 600;

interface InstancesOptions {
  readonly variables?: Record<string, string>;
  readonly sandbox?: Omit<SandboxOptions, 'now'>;
}

/** Any number of app instances on one database and one sandbox, on one clock that the test sets. */
export async function startInstances({ variables = {}, sandbox: sandboxOptions }: InstancesOptions = {}) {
  const databaseUrl = await cloneDatabase();
  const clock = createTestClock();
  const sandbox = await startSandbox({ catalog: { albums: 200, seed: 1 }, ...sandboxOptions, now: () => clock.now().getTime() });
  const opened: Deps[] = [];
  const open = (extra: Record<string, string> = {}): Deps => {
    const deps = openInstance(databaseUrl, { ...sandbox.env, ...extra }, { variables, now: clock.now });
    opened.push(deps);
    return deps;
  };
  let reads = 0;
  return {
    databaseUrl,
    clock,
    sandbox,
    spotify: sandbox.spotify.control,
    another: open,
    /** Reads one album, a different one each time: one request. */
    read: (deps: Deps) => deps.catalog.readAlbums([spotifyAlbumId.parse(sandbox.catalog.albumIdAt(reads++ % 200))], new AbortController().signal),
    /** Number of album requests that the sandbox received. */
    albumRequests: () => sandbox.spotify.control.requests({ path: /^\/albums/ }).length,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((deps) => deps.close()));
      await sandbox.close();
    },
  };
}

export type Instances = Awaited<ReturnType<typeof startInstances>>;
