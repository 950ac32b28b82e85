import type { PlaylistHost } from '#server/providers/ports.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { writeNetworkSettings } from '#server/repos/network-settings.ts';
import { reconcilePlaylists } from '#server/use-cases/sync/reconcile/reconcile-playlists.ts';
import { networkSettingsBody } from '#shared/contracts/settings.ts';
import assert from 'node:assert/strict';
import { dayNumber, openManyPlaylists, requireNoDuplicates } from '#tests/support/network/many-playlists.ts';
import type { ManyPlaylists } from '#tests/support/network/many-playlists.ts';
import type { Fault } from './fault.ts';

const EDIT_SHARE = 0.25;
const PLAYLISTS = 12;
const DELETED_MAX = 2;
const EDITS = ['reorder', 'remove', 'add', 'rename', 'delete', 'make_private'] as const;
type Edit = (typeof EDITS)[number];
/** `overwritten`: edits between a read and the write. `reported`: receipts that report such an edit. `afterWrite`: edits between a write and its read-back. */
type Counts = Record<Edit, number> & { syncs: number; edits: number; overwritten: number; reported: number; afterWrite: number };

/**
 * F19: people edit playlists on Spotify during sync. Edits are kept, pinned, banned or overwritten as documented; playlists of others are not touched,
 * private ones are not made public, deleted ones are not created again automatically. An edit overwritten unseen, between a read and its write, is
 * reported.
 */
export const f19: Fault = {
  name: 'F19',
  what: 'people edit playlists during sync, and each playlist shows the day’s snapshot with their edits',
  smallDose: 25,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    const counts: Counts = {
      syncs: 0,
      edits: 0,
      overwritten: 0,
      reported: 0,
      afterWrite: 0,
      reorder: 0,
      remove: 0,
      add: 0,
      rename: 0,
      delete: 0,
      make_private: 0,
    };
    const hook: { editPlaylist?: EditHook | undefined } = {};
    await using network = await openManyPlaylists({
      people: ['segue-north', 'segue-south'],
      around: (host) => editAround(host, (...at) => hook.editPlaylist?.(...at)),
    });
    await writeNetworkSettings(network.deps.db, networkSettingsBody.parse({ sync: { handEditedShare: 1 } }), { at: network.clock.now(), by: 'test' });
    const foreign = network.spotify.addPlaylist('mara', { name: 'Not ours', description: 'segue:000000000000' });
    const untouched = network.spotify.playlist(foreign);
    await network.add(PLAYLISTS);
    for (let n = 0; counts.edits < dose; n += 1) {
      network.clock.set(`${dayNumber(n)}T04:10:00Z`);
      await network.publishDay(dayNumber(n), n * 11);
      editsOf(network).removed.clear();
      hook.editPlaylist = n === 0 ? undefined : (at) => void (random.chance(EDIT_SHARE) && edit(network, random, { counts, at }));
      await network.sync(dayNumber(n));
      hook.editPlaylist = undefined;
      // Sync again without edits, so that edits between a read and a write are resolved.
      await network.sync(dayNumber(n));
      await reconcilePlaylists(network.deps, { signal: new AbortController().signal });
      await network.sync(dayNumber(n));
      counts.syncs += 3 * PLAYLISTS;
      await requireEditsHandled(network, dayNumber(n));
      await requireNoDuplicates(network);
      counts.reported = (await network.plans()).filter(({ statusReason }) => statusReason?.includes('more than expected')).length;
      say(`day ${n + 1}: ${counts.edits} edits`);
    }
    assert.ok(counts.reported >= counts.overwritten, `${counts.overwritten} edits were overwritten and ${counts.reported} of them reported`);
    assert.deepEqual(network.spotify.playlist(foreign), untouched, 'another person’s playlist was changed');
    return counts;
  },
};

/** Makes a random edit; on the given playlist, or on any. */
type EditHook = (at?: { readonly id: string; readonly when: 'before_write' | 'after_write' }) => void;

function editAround(host: PlaylistHost, editNow: EditHook): PlaylistHost {
  return {
    ...host,
    readPlaylist: (...call) => (editNow(), host.readPlaylist(...call)),
    changeDetails: (...call) => (editNow(), host.changeDetails(...call)),
    replaceItems: async (...call) => {
      editNow({ id: call[1], when: 'before_write' });
      const result = await host.replaceItems(...call);
      editNow({ id: call[1], when: 'after_write' });
      return result;
    },
    addItems: (...call) => (editNow(), host.addItems(...call)),
  };
}

interface PeopleEdits {
  readonly madePrivate: Set<string>;
  readonly deleted: Set<string>;
  /** Track removed today between a write and its read-back. */
  readonly removed: Map<string, string>;
}

/** What people have made private, deleted or removed so far, by playlist. */
const peopleEdits = new WeakMap<ManyPlaylists, PeopleEdits>();

function editsOf(network: ManyPlaylists): PeopleEdits {
  const edits = peopleEdits.get(network) ?? { madePrivate: new Set(), deleted: new Set(), removed: new Map() };
  peopleEdits.set(network, edits);
  return edits;
}

function edit(network: ManyPlaylists, random: SeededRandom, { counts, at: moment }: { counts: Counts; at: Parameters<EditHook>[0] }): void {
  const { madePrivate, deleted, removed } = editsOf(network);
  const open = network.spotify.playlists().filter(({ ownerId, id }) => ownerId !== 'mara' && !deleted.has(id));
  const playlist = moment ? open.find(({ id }) => id === moment.id) : open[random.below(open.length)];
  if (!playlist) return;
  const { id, uris } = playlist;
  const kind = random.pick(EDITS);
  // At most two of twelve, or there would soon be no playlist left to edit.
  if (kind === 'delete' && deleted.size >= DELETED_MAX) return;
  const at = random.below(Math.max(1, uris.length));
  const track = network.tracks[random.below(network.tracks.length)]?.trackId ?? '';
  if (kind === 'reorder') network.spotify.editPlaylist(id, { uris: uris.toReversed() });
  if (kind === 'add' && uris.includes(`spotify:track:${track}`)) return;
  if (kind === 'remove') network.spotify.editPlaylist(id, { uris: uris.toSpliced(at, 1) });
  if (kind === 'remove' && moment?.when === 'after_write' && uris[at]) removed.set(id, uris[at]);
  if (kind === 'add' && removed.get(id) === `spotify:track:${track}`) removed.delete(id);
  if (kind === 'add') network.spotify.editPlaylist(id, { uris: uris.toSpliced(at, 0, `spotify:track:${track}`) });
  if (kind === 'rename') network.spotify.editPlaylist(id, { name: `My name ${counts.edits}` });
  if (kind === 'delete') {
    network.spotify.deletePlaylist(id);
    deleted.add(id);
  }
  if (kind === 'make_private') {
    network.spotify.editPlaylist(id, { public: false });
    madePrivate.add(id);
  }
  if (kind !== 'delete' && moment) counts[moment.when === 'before_write' ? 'overwritten' : 'afterWrite'] += 1;
  counts[kind] += 1;
  counts.edits += 1;
}

/** Throws unless each playlist shows the day's snapshot in order, without removed and with added tracks; private and deleted playlists stay so. */
async function requireEditsHandled(network: ManyPlaylists, on: string): Promise<void> {
  const { madePrivate, deleted, removed } = editsOf(network);
  const plans = (await network.plans()).filter(({ status, batchTag }) => status === 'applied' && batchTag === on);
  for (const replica of await network.replicas()) {
    const id = replica.spotifyPlaylistId ?? '';
    const shown = network.spotify.playlist(id);
    if (deleted.has(id)) {
      assert.equal(replica.status, 'lost', 'a deleted playlist was not noticed');
      continue;
    }
    if (removed.has(id)) assert.ok(!shown?.uris.includes(removed.get(id) ?? ''), 'a track removed after the write came back');
    if (madePrivate.has(id)) assert.equal(shown?.public, false, 'a playlist made private was made public');
    const last = plans
      .filter(({ replicaId }) => replicaId === replica.id)
      .toSorted((a, b) => Number(a.appliedAt) - Number(b.appliedAt))
      .at(-1);
    assert.deepEqual(shown?.uris, last?.body.wantedUris, 'Spotify does not show what the receipt says');
    const added = new Set(last?.body.hand?.outside);
    const removedUris = new Set(last?.body.hand?.away);
    assert.deepEqual(
      shown?.uris.filter((uri) => uri !== null && !added.has(uri)),
      network.wanted.get(replica.playlistId)?.filter((uri) => !removedUris.has(uri)),
      'the day’s snapshot is not shown',
    );
  }
}
