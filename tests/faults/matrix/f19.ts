import type { PlaylistHost } from '#server/providers/ports.ts';
import { seededRandom } from '#server/sandbox/catalogue/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalogue/seeded-random.ts';
import { writeNetworkSettings } from '#server/repos/network-settings.ts';
import { reconcilePlaylists } from '#server/use-cases/sync/reconcile-playlists.ts';
import { networkSettings } from '#shared/contracts/settings.ts';
import assert from 'node:assert/strict';
import { dayNumber, openManyLists, requireNoDoubles } from '../../support/sync-many.ts';
import type { ManyLists } from '../../support/sync-many.ts';
import type { Fault } from './fault.ts';

const EDIT_SHARE = 0.25;
const PLAYLISTS = 12;
const DELETED_MAX = 2;
const EDITS = ['reorder', 'remove', 'add', 'rename', 'delete', 'make_private'] as const;
type Edit = (typeof EDITS)[number];
type Counts = Record<Edit, number> & { syncs: number; edits: number };

/**
 * F19: people edit the playlists while they are being synced. What is kept, pinned, banned or put back is as documented, nothing of
 * somebody else's is touched, nothing private is opened, nothing deleted comes back by itself.
 */
export const f19: Fault = {
  name: 'F19',
  what: 'people edit playlists during sync, and every list shown is the day’s list with what hands did to it',
  smallDose: 25,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    const counts: Counts = { syncs: 0, edits: 0, reorder: 0, remove: 0, add: 0, rename: 0, delete: 0, make_private: 0 };
    const held: { meddle?: (() => void) | undefined } = {};
    await using network = await openManyLists({ people: ['segue-north', 'segue-south'], around: (host) => beforeEach(host, () => held.meddle?.()) });
    await writeNetworkSettings(network.deps.db, networkSettings.parse({ sync: { handEditedShare: 1 } }), { at: network.clock.now(), by: 'test' });
    const foreign = network.spotify.addPlaylist('mara', { name: 'Nobody’s business', description: 'segue:000000000000' });
    const untouched = network.spotify.playlist(foreign);
    await network.add(PLAYLISTS);
    for (let n = 0; counts.edits < dose; n += 1) {
      network.clock.set(`${dayNumber(n)}T04:10:00Z`);
      await network.put(dayNumber(n), n * 11);
      held.meddle = n === 0 ? undefined : () => void (random.chance(EDIT_SHARE) && edit(network, random, counts));
      await network.sync(dayNumber(n));
      held.meddle = undefined;
      // Once more without anybody meddling, so that what came between a look and a write is settled.
      await network.sync(dayNumber(n));
      await reconcilePlaylists(network.deps, { signal: new AbortController().signal });
      await network.sync(dayNumber(n));
      counts.syncs += 3 * PLAYLISTS;
      await requirePolicy(network, dayNumber(n));
      await requireNoDoubles(network);
      say(`day ${n + 1}: ${counts.edits} edits`);
    }
    assert.deepEqual(network.spotify.playlist(foreign), untouched, 'somebody else’s playlist was touched');
    return counts;
  },
};

function beforeEach(host: PlaylistHost, meddle: () => void): PlaylistHost {
  return {
    ...host,
    readPlaylist: (...call) => (meddle(), host.readPlaylist(...call)),
    changeDetails: (...call) => (meddle(), host.changeDetails(...call)),
    replaceItems: (...call) => (meddle(), host.replaceItems(...call)),
    addItems: (...call) => (meddle(), host.addItems(...call)),
  };
}

/** What people have made private or deleted so far, by playlist. */
const closed = new WeakMap<ManyLists, { hidden: Set<string>; deleted: Set<string> }>();

function closedOf(network: ManyLists) {
  const known = closed.get(network) ?? { hidden: new Set<string>(), deleted: new Set<string>() };
  closed.set(network, known);
  return known;
}

function edit(network: ManyLists, random: SeededRandom, counts: Counts): void {
  const { hidden, deleted } = closedOf(network);
  const open = network.spotify.playlists().filter(({ ownerId, id }) => ownerId !== 'mara' && !deleted.has(id));
  const playlist = open[random.below(open.length)];
  if (!playlist) return;
  const { id, uris } = playlist;
  const kind = random.pick(EDITS);
  // Two of twelve at most, else there is soon nobody left to edit.
  if (kind === 'delete' && deleted.size >= DELETED_MAX) return;
  const at = random.below(Math.max(1, uris.length));
  const track = network.tracks[random.below(network.tracks.length)]?.trackId ?? '';
  if (kind === 'reorder') network.spotify.editPlaylist(id, { uris: uris.toReversed() });
  if (kind === 'remove') network.spotify.editPlaylist(id, { uris: uris.toSpliced(at, 1) });
  if (kind === 'add' && !uris.includes(`spotify:track:${track}`))
    network.spotify.editPlaylist(id, { uris: uris.toSpliced(at, 0, `spotify:track:${track}`) });
  if (kind === 'rename') network.spotify.editPlaylist(id, { name: `Mine ${counts.edits}` });
  if (kind === 'delete') {
    network.spotify.deletePlaylist(id);
    deleted.add(id);
  }
  if (kind === 'make_private') {
    network.spotify.editPlaylist(id, { public: false });
    hidden.add(id);
  }
  counts[kind] += 1;
  counts.edits += 1;
}

/** Each list shown is the day's list in its order, without what hands took away and with what they added; closed things stay closed. */
async function requirePolicy(network: ManyLists, on: string): Promise<void> {
  const { hidden, deleted } = closedOf(network);
  const plans = (await network.plans()).filter(({ status, batchTag }) => status === 'applied' && batchTag === on);
  for (const replica of await network.replicas()) {
    const id = replica.spotifyPlaylistId ?? '';
    const shown = network.spotify.playlist(id);
    if (deleted.has(id)) {
      assert.equal(replica.status, 'lost', 'a deleted playlist was not noticed');
      continue;
    }
    if (hidden.has(id)) assert.equal(shown?.public, false, 'a playlist that somebody made private was opened');
    const last = plans
      .filter(({ replicaId }) => replicaId === replica.id)
      .toSorted((a, b) => Number(a.appliedAt) - Number(b.appliedAt))
      .at(-1);
    assert.deepEqual(shown?.uris, last?.body.wantedUris, 'what is shown is not what the receipt says');
    const outside = new Set(last?.body.hand?.outside);
    const away = new Set(last?.body.hand?.away);
    assert.deepEqual(
      shown?.uris.filter((uri) => uri !== null && !outside.has(uri)),
      network.wanted.get(replica.playlistId)?.filter((uri) => !away.has(uri)),
      'the day’s list is not there',
    );
  }
}
