import type { Deps } from '#server/deps.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import type { SandboxOptions } from '#server/sandbox/start-sandbox.ts';
import { spotifyAlbumId } from '#shared/ids.ts';
import { createTestClock } from '#tests/support/time/clock.ts';
import { cloneDatabase } from '#tests/support/database.ts';
import { openHouse } from './house.ts';

/** Long enough for every process to have looked at what another one wrote. */
export const LOOK_MS = 600;

interface TwoHousesOptions {
  readonly variables?: Record<string, string>;
  readonly sandbox?: Omit<SandboxOptions, 'now'>;
}

/** As many processes as one likes on one database and one sandbox, under one clock that the test moves. */
export async function startHouses({ variables = {}, sandbox: more }: TwoHousesOptions = {}) {
  const databaseUrl = await cloneDatabase();
  const clock = createTestClock();
  const sandbox = await startSandbox({ catalogue: { albums: 200, seed: 1 }, ...more, now: () => clock.now().getTime() });
  const opened: Deps[] = [];
  const another = (extra: Record<string, string> = {}): Deps => {
    const deps = openHouse(databaseUrl, { ...sandbox.env, ...extra }, { variables, now: clock.now });
    opened.push(deps);
    return deps;
  };
  let reads = 0;
  return {
    databaseUrl,
    clock,
    sandbox,
    spotify: sandbox.spotify.control,
    another,
    /** Reads one album, each time another one: one request. */
    read: (deps: Deps) => deps.catalogue.readAlbums([spotifyAlbumId.parse(sandbox.catalogue.albumIdAt(reads++ % 200))], new AbortController().signal),
    /** Requests for albums that the vendor has seen. */
    albumRequests: () => sandbox.spotify.control.requests({ path: /^\/albums/ }).length,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((deps) => deps.close()));
      await sandbox.close();
    },
  };
}

export type Houses = Awaited<ReturnType<typeof startHouses>>;
