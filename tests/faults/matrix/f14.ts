import type { PlaylistHost } from '#server/providers/ports.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SandboxControl } from '#server/sandbox/spotify/control/control.ts';
import type { Fault as SandboxFault } from '#server/sandbox/spotify/control/faults.ts';
import assert from 'node:assert/strict';
import { dayNumber, openManyLists, requireAllShown, requireNoDoubles } from '#tests/support/network/sync-many.ts';
import type { Fault } from './fault.ts';

const SHARE = 0.12;
const NEW_A_DAY = 5;

/** Spotify does what it was asked and then does not say so. */
const ENDS: readonly Omit<SandboxFault, 'method'>[] = [
  { status: 502, actFirst: true },
  { status: 503, actFirst: true },
  { cut: true, actFirst: true },
  { cut: 'body', actFirst: true },
  { distort: 'null_body' },
];

/** F14: acted but failed. Twelve writes of a hundred happen and end in a 502, a cut connection or nonsense; no playlist stands twice. */
export const f14: Fault = {
  name: 'F14',
  what: 'writes that happen although Spotify says otherwise leave no playlist twice and no list behind',
  smallDose: 120,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    const counts = { effects: 0, lostAnswers: 0, lostCreates: 0, adopted: 0 };
    const held: { spotify?: SandboxControl } = {};
    const spoil = (method: string, path: RegExp) => {
      counts.effects += 1;
      const isFirstCreate = path === CREATE && counts.lostCreates === 0;
      if (!isFirstCreate && !random.chance(SHARE)) return;
      counts.lostAnswers += 1;
      if (path === CREATE) counts.lostCreates += 1;
      held.spotify?.failNext({ method, path, ...random.pick(ENDS) });
    };
    const around = (host: PlaylistHost): PlaylistHost => ({
      ...host,
      createPlaylist: (...call) => (spoil('POST', CREATE), host.createPlaylist(...call)),
      changeDetails: (...call) => (spoil('PUT', /playlists\/\w+$/), host.changeDetails(...call)),
      replaceItems: (...call) => (spoil('PUT', /items$/), host.replaceItems(...call)),
      addItems: (...call) => (spoil('POST', /items$/), host.addItems(...call)),
    });
    await using network = await openManyLists({ people: ['segue-north', 'segue-south'], around });
    held.spotify = network.spotify;
    for (let n = 0; counts.effects < dose; n += 1) {
      await network.add(NEW_A_DAY);
      await network.put(dayNumber(n), n * 11);
      network.clock.set(`${dayNumber(n)}T04:10:00Z`);
      await network.sync(dayNumber(n));
      network.spotify.clearFaults();
      await requireNoDoubles(network);
      await requireAllShown(network);
      say(`day ${n + 1}: ${counts.effects} effects, ${counts.lostAnswers} answers lost`);
    }
    counts.adopted = (await network.operations()).filter(({ receipt }) => receipt?.how === 'adopted').length;
    assert.ok(counts.adopted >= 1, 'no create was adopted');
    return counts;
  },
};

const CREATE = /me\/playlists$/;
