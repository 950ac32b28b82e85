import type { PlaylistHost } from '#server/providers/ports.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { writeNetworkSettings } from '#server/repos/network-settings.ts';
import { reconcilePlaylists } from '#server/use-cases/sync/reconcile/reconcile-playlists.ts';
import { networkSettings } from '#shared/contracts/settings.ts';
import assert from 'node:assert/strict';
import { dayNumber, openManyLists, requireNoDoubles } from '#tests/support/network/sync-many.ts';
import type { ManyLists } from '#tests/support/network/sync-many.ts';
import type { Fault } from './fault.ts';

const EDIT_SHARE = 0.25;
const PLAYLISTS = 12;
const DELETED_MAX = 2;
const EDITS = ['reorder', 'remove', 'add', 'rename', 'delete', 'make_private'] as const;
type Edit = (typeof EDITS)[number];
/** `overwritten`: edits in the very moment between a look and its write. `told`: receipts that say there was one. `afterWrite`: between a write and its reading back. */
type Counts = Record<Edit, number> & { syncs: number; edits: number; overwritten: number; told: number; afterWrite: number };

/**
 * F19: people edit the playlists while they are being synced. What is kept, pinned, banned or put back is as documented, nothing of
 * somebody else's is touched, nothing private is opened, nothing deleted comes back by itself. What is overwritten unseen, between a look and
 * its write, is told.
 */
export const f19: Fault = {
  name: 'F19',
  what: 'people edit playlists during sync, and every list shown is the day’s list with what hands did to it',
  smallDose: 25,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    const counts: Counts = {
      syncs: 0,
      edits: 0,
      overwritten: 0,
      told: 0,
      afterWrite: 0,
      reorder: 0,
      remove: 0,
      add: 0,
      rename: 0,
      delete: 0,
      make_private: 0,
    };
    const held: { meddle?: Meddle | undefined } = {};
    await using network = await openManyLists({
      people: ['segue-north', 'segue-south'],
      around: (host) => beforeEach(host, (...at) => held.meddle?.(...at)),
    });
    await writeNetworkSettings(network.deps.db, networkSettings.parse({ sync: { handEditedShare: 1 } }), { at: network.clock.now(), by: 'test' });
    const foreign = network.spotify.addPlaylist('mara', { name: 'Nobody’s business', description: 'segue:000000000000' });
    const untouched = network.spotify.playlist(foreign);
    await network.add(PLAYLISTS);
    for (let n = 0; counts.edits < dose; n += 1) {
      network.clock.set(`${dayNumber(n)}T04:10:00Z`);
      await network.put(dayNumber(n), n * 11);
      closedOf(network).taken.clear();
      held.meddle = n === 0 ? undefined : (at) => void (random.chance(EDIT_SHARE) && edit(network, random, { counts, at }));
      await network.sync(dayNumber(n));
      held.meddle = undefined;
      // Once more without anybody meddling, so that what came between a look and a write is settled.
      await network.sync(dayNumber(n));
      await reconcilePlaylists(network.deps, { signal: new AbortController().signal });
      await network.sync(dayNumber(n));
      counts.syncs += 3 * PLAYLISTS;
      await requirePolicy(network, dayNumber(n));
      await requireNoDoubles(network);
      counts.told = (await network.plans()).filter(({ statusReason }) => statusReason?.includes('more than expected')).length;
      say(`day ${n + 1}: ${counts.edits} edits`);
    }
    assert.ok(counts.told >= counts.overwritten, `${counts.overwritten} edits were overwritten and ${counts.told} of them told`);
    assert.deepEqual(network.spotify.playlist(foreign), untouched, 'somebody else’s playlist was touched');
    return counts;
  },
};

/** A hand's moment; with a playlist, that one and no other. */
type Meddle = (at?: { readonly id: string; readonly when: 'before_write' | 'after_write' }) => void;

function beforeEach(host: PlaylistHost, meddle: Meddle): PlaylistHost {
  return {
    ...host,
    readPlaylist: (...call) => (meddle(), host.readPlaylist(...call)),
    changeDetails: (...call) => (meddle(), host.changeDetails(...call)),
    replaceItems: async (...call) => {
      meddle({ id: call[1], when: 'before_write' });
      const answer = await host.replaceItems(...call);
      meddle({ id: call[1], when: 'after_write' });
      return answer;
    },
    addItems: (...call) => (meddle(), host.addItems(...call)),
  };
}

interface Closed {
  readonly hidden: Set<string>;
  readonly deleted: Set<string>;
  /** Taken away today between a write and its reading back. */
  readonly taken: Map<string, string>;
}

/** What people have made private, deleted or taken away so far, by playlist. */
const closed = new WeakMap<ManyLists, Closed>();

function closedOf(network: ManyLists): Closed {
  const known = closed.get(network) ?? { hidden: new Set(), deleted: new Set(), taken: new Map() };
  closed.set(network, known);
  return known;
}

function edit(network: ManyLists, random: SeededRandom, { counts, at: moment }: { counts: Counts; at: Parameters<Meddle>[0] }): void {
  const { hidden, deleted, taken } = closedOf(network);
  const open = network.spotify.playlists().filter(({ ownerId, id }) => ownerId !== 'mara' && !deleted.has(id));
  const playlist = moment ? open.find(({ id }) => id === moment.id) : open[random.below(open.length)];
  if (!playlist) return;
  const { id, uris } = playlist;
  const kind = random.pick(EDITS);
  // Two of twelve at most, else there is soon nobody left to edit.
  if (kind === 'delete' && deleted.size >= DELETED_MAX) return;
  const at = random.below(Math.max(1, uris.length));
  const track = network.tracks[random.below(network.tracks.length)]?.trackId ?? '';
  if (kind === 'reorder') network.spotify.editPlaylist(id, { uris: uris.toReversed() });
  if (kind === 'add' && uris.includes(`spotify:track:${track}`)) return;
  if (kind === 'remove') network.spotify.editPlaylist(id, { uris: uris.toSpliced(at, 1) });
  if (kind === 'remove' && moment?.when === 'after_write' && uris[at]) taken.set(id, uris[at]);
  if (kind === 'add' && taken.get(id) === `spotify:track:${track}`) taken.delete(id);
  if (kind === 'add') network.spotify.editPlaylist(id, { uris: uris.toSpliced(at, 0, `spotify:track:${track}`) });
  if (kind === 'rename') network.spotify.editPlaylist(id, { name: `Mine ${counts.edits}` });
  if (kind === 'delete') {
    network.spotify.deletePlaylist(id);
    deleted.add(id);
  }
  if (kind === 'make_private') {
    network.spotify.editPlaylist(id, { public: false });
    hidden.add(id);
  }
  if (kind !== 'delete' && moment) counts[moment.when === 'before_write' ? 'overwritten' : 'afterWrite'] += 1;
  counts[kind] += 1;
  counts.edits += 1;
}

/** Each list shown is the day's list in its order, without what hands took away and with what they added; closed things stay closed. */
async function requirePolicy(network: ManyLists, on: string): Promise<void> {
  const { hidden, deleted, taken } = closedOf(network);
  const plans = (await network.plans()).filter(({ status, batchTag }) => status === 'applied' && batchTag === on);
  for (const replica of await network.replicas()) {
    const id = replica.spotifyPlaylistId ?? '';
    const shown = network.spotify.playlist(id);
    if (deleted.has(id)) {
      assert.equal(replica.status, 'lost', 'a deleted playlist was not noticed');
      continue;
    }
    if (taken.has(id)) assert.ok(!shown?.uris.includes(taken.get(id) ?? ''), 'a track that somebody took away after the write came back');
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
