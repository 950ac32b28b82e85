import type { PlaylistHost } from '#server/providers/ports.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SandboxControl } from '#server/sandbox/spotify/control/control.ts';
import assert from 'node:assert/strict';
import { dayNumber, openManyPlaylists, requireAllShown, requireNoDuplicates } from '#tests/support/network/many-playlists.ts';
import type { Fault } from './fault.ts';

const LAG_MAX_MS = 60_000;
const STALE_SHARE = 0.3;
const UNEXPECTED_SHARE = 0.2;
const LOST_CREATE_SHARE = 0.3;
const NEW_PER_DAY = 3;
/** Items and name: the minimum for a new day. */
const WRITES_PER_CHANGE_MAX = 2;
const IDLE_SYNCS_PER_DAY = 2;

/** F18: Spotify lists new playlists late, returns old snapshot ids, and changes snapshot ids without reason. No write is repeated because of it. */
export const f18: Fault = {
  name: 'F18',
  what: 'lagging lists, stale and unexpected snapshot ids cause no duplicate playlist and no extra writes',
  smallDose: 60,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    const counts = { syncs: 0, stale: 0, unexpected: 0, lostCreates: 0, changes: 0, writes: 0, idleWrites: 0 };
    const sandbox: { spotify?: SandboxControl } = {};
    const around = (host: PlaylistHost): PlaylistHost => ({
      ...host,
      readPlaylist: (...call) => {
        sandbox.spotify?.setSwitches({ listLagMs: random.below(LAG_MAX_MS) });
        if (random.chance(STALE_SHARE)) {
          counts.stale += 1;
          sandbox.spotify?.failNext({ method: 'GET', path: `/playlists/${call[1]}`, distort: 'stale_snapshot' });
        }
        if (random.chance(UNEXPECTED_SHARE)) {
          counts.unexpected += 1;
          sandbox.spotify?.editPlaylist(call[1], {});
        }
        return host.readPlaylist(...call);
      },
      createPlaylist: (...call) => {
        sandbox.spotify?.setSwitches({ listLagMs: random.below(LAG_MAX_MS) });
        if (random.chance(LOST_CREATE_SHARE)) {
          counts.lostCreates += 1;
          sandbox.spotify?.failNext({ method: 'POST', path: /me\/playlists$/, status: 502, actFirst: true });
        }
        return host.createPlaylist(...call);
      },
    });
    await using network = await openManyPlaylists({ people: ['segue-north', 'segue-south'], around });
    sandbox.spotify = network.spotify;
    for (let n = 0; counts.syncs < dose; n += 1) {
      const existing = network.playlists.length;
      await network.add(NEW_PER_DAY);
      await network.publishDay(dayNumber(n), n * 11);
      network.clock.set(`${dayNumber(n)}T04:10:00Z`);
      network.spotify.clearRequests();
      await network.sync(dayNumber(n));
      // A new playlist is created and filled; each later day changes the items and the name.
      counts.changes += existing + NEW_PER_DAY;
      counts.writes += network.writes();
      assert.ok(network.writes() <= WRITES_PER_CHANGE_MAX * (existing + NEW_PER_DAY), `day ${n + 1}: ${network.writes()} writes are too many`);
      network.spotify.clearRequests();
      for (let sync = 0; sync < IDLE_SYNCS_PER_DAY; sync += 1) await network.sync(dayNumber(n));
      counts.idleWrites += network.writes();
      counts.syncs += network.playlists.length * (1 + IDLE_SYNCS_PER_DAY);
      await requireNoDuplicates(network);
      await requireAllShown(network);
      say(`day ${n + 1}: ${counts.syncs} syncs, ${counts.writes} writes for ${counts.changes} changes`);
    }
    assert.equal(counts.idleWrites, 0, 'a sync wrote although nothing had changed');
    return counts;
  },
};
