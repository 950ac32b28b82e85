import type { PlaylistHost } from '#server/providers/ports.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SandboxControl } from '#server/sandbox/spotify/control/control.ts';
import type { Fault as SandboxFault } from '#server/sandbox/spotify/control/faults.ts';
import assert from 'node:assert/strict';
import { dayNumber, openManyPlaylists, requireAllShown, requireNoDuplicates } from '#tests/support/network/many-playlists.ts';
import type { Fault } from './fault.ts';

const SHARE = 0.12;
const NEW_PER_DAY = 5;

/** Faults in which Spotify carries out the request but does not confirm it. */
const LOST_RESPONSES: readonly Omit<SandboxFault, 'method'>[] = [
  { status: 502, actFirst: true },
  { status: 503, actFirst: true },
  { cut: true, actFirst: true },
  { cut: 'body', actFirst: true },
  { distort: 'null_body' },
];

/** F14: acted but failed. 12% of writes are carried out but end in a 502, a cut connection or an unreadable response; no playlist exists twice. */
export const f14: Fault = {
  name: 'F14',
  what: 'writes that Spotify carries out but does not confirm leave no duplicate playlist and no missing snapshot',
  smallDose: 120,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    const counts = { writes: 0, lostResponses: 0, lostCreates: 0, adopted: 0 };
    const sandbox: { spotify?: SandboxControl } = {};
    const injectFault = (method: string, path: RegExp) => {
      counts.writes += 1;
      const isFirstCreate = path === CREATE && counts.lostCreates === 0;
      if (!isFirstCreate && !random.chance(SHARE)) return;
      counts.lostResponses += 1;
      if (path === CREATE) counts.lostCreates += 1;
      sandbox.spotify?.failNext({ method, path, ...random.pick(LOST_RESPONSES) });
    };
    const around = (host: PlaylistHost): PlaylistHost => ({
      ...host,
      createPlaylist: (...call) => (injectFault('POST', CREATE), host.createPlaylist(...call)),
      changeDetails: (...call) => (injectFault('PUT', /playlists\/\w+$/), host.changeDetails(...call)),
      replaceItems: (...call) => (injectFault('PUT', /items$/), host.replaceItems(...call)),
      addItems: (...call) => (injectFault('POST', /items$/), host.addItems(...call)),
    });
    await using network = await openManyPlaylists({ people: ['segue-north', 'segue-south'], around });
    sandbox.spotify = network.spotify;
    for (let n = 0; counts.writes < dose; n += 1) {
      await network.add(NEW_PER_DAY);
      await network.publishDay(dayNumber(n), n * 11);
      network.clock.set(`${dayNumber(n)}T04:10:00Z`);
      await network.sync(dayNumber(n));
      network.spotify.clearFaults();
      await requireNoDuplicates(network);
      await requireAllShown(network);
      say(`day ${n + 1}: ${counts.writes} writes, ${counts.lostResponses} responses lost`);
    }
    counts.adopted = (await network.operations()).filter(({ receipt }) => receipt?.how === 'adopted').length;
    assert.ok(counts.adopted >= 1, 'no create was adopted');
    return counts;
  },
};

const CREATE = /me\/playlists$/;
