import type { PlaylistHost } from '#server/providers/ports.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SandboxControl } from '#server/sandbox/spotify/control/control.ts';
import assert from 'node:assert/strict';
import { dayNumber, openManyLists, requireAllShown, requireNoDoubles } from '#tests/support/network/sync-many.ts';
import type { Fault } from './fault.ts';

const LAG_MAX_MS = 60_000;
const STALE_SHARE = 0.3;
const UNEXPECTED_SHARE = 0.2;
const LOST_CREATE_SHARE = 0.3;
const NEW_A_DAY = 3;
/** Items and name: the least that a new day needs. */
const WRITES_PER_CHANGE_MAX = 2;
const LOOKS_A_DAY = 2;

/** F18: Spotify shows things late, names old snapshots, and makes new ones for no reason. Nobody writes anything twice because of it. */
export const f18: Fault = {
  name: 'F18',
  what: 'lists that lag, stale and unexpected snapshots lead to no second playlist and to no write beyond the change',
  smallDose: 60,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    const counts = { syncs: 0, stale: 0, unexpected: 0, lostCreates: 0, changes: 0, writes: 0, idleWrites: 0 };
    const held: { spotify?: SandboxControl } = {};
    const around = (host: PlaylistHost): PlaylistHost => ({
      ...host,
      readPlaylist: (...call) => {
        held.spotify?.set({ listLagMs: random.below(LAG_MAX_MS) });
        if (random.chance(STALE_SHARE)) {
          counts.stale += 1;
          held.spotify?.failNext({ method: 'GET', path: `/playlists/${call[1]}`, distort: 'stale_snapshot' });
        }
        if (random.chance(UNEXPECTED_SHARE)) {
          counts.unexpected += 1;
          held.spotify?.editPlaylist(call[1], {});
        }
        return host.readPlaylist(...call);
      },
      createPlaylist: (...call) => {
        held.spotify?.set({ listLagMs: random.below(LAG_MAX_MS) });
        if (random.chance(LOST_CREATE_SHARE)) {
          counts.lostCreates += 1;
          held.spotify?.failNext({ method: 'POST', path: /me\/playlists$/, status: 502, actFirst: true });
        }
        return host.createPlaylist(...call);
      },
    });
    await using network = await openManyLists({ people: ['segue-north', 'segue-south'], around });
    held.spotify = network.spotify;
    for (let n = 0; counts.syncs < dose; n += 1) {
      const known = network.playlists.length;
      await network.add(NEW_A_DAY);
      await network.put(dayNumber(n), n * 11);
      network.clock.set(`${dayNumber(n)}T04:10:00Z`);
      network.spotify.clearRequests();
      await network.sync(dayNumber(n));
      // A first list is created and filled; every later day changes the items and the name.
      counts.changes += known + NEW_A_DAY;
      counts.writes += network.writes();
      assert.ok(network.writes() <= WRITES_PER_CHANGE_MAX * (known + NEW_A_DAY), `day ${n + 1}: ${network.writes()} writes are too many`);
      network.spotify.clearRequests();
      for (let look = 0; look < LOOKS_A_DAY; look += 1) await network.sync(dayNumber(n));
      counts.idleWrites += network.writes();
      counts.syncs += network.playlists.length * (1 + LOOKS_A_DAY);
      await requireNoDoubles(network);
      await requireAllShown(network);
      say(`day ${n + 1}: ${counts.syncs} syncs, ${counts.writes} writes for ${counts.changes} changes`);
    }
    assert.equal(counts.idleWrites, 0, 'something was written although nothing had changed');
    return counts;
  },
};
