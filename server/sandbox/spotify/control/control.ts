import type { SandboxCatalogue } from '#server/sandbox/catalog/catalog.ts';
import type { Fault } from './faults.ts';
import { changePlaylist, createPlaylist, entries, snapshotId } from '../state/playlist-shelf.ts';
import type { LoggedRequest } from './request-log.ts';
import type { QuotaBucket, RateWindow } from './request-limits.ts';
import { emptyState, newPerson } from '../state/state.ts';
import type { Person, StoredPlaylist } from '../state/state.ts';
import type { AlbumCondition, Switches, World } from '../state/world.ts';

/** A playlist as it really is, whatever the API shows at the moment. */
export interface PlaylistDump {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly description: string;
  readonly public: boolean;
  readonly snapshotId: string;
  readonly uris: readonly (string | null)[];
  /** Covers uploaded so far, shown or not. */
  readonly coverCount: number;
  /** Whether it stands in its owner's list; one that was deleted does not, though its address goes on answering. */
  readonly isListed: boolean;
}

/** The hand behind the curtain: faults, clock, state. Everything here is also reachable over HTTP under `/_sandbox/`. */
export interface SandboxControl {
  readonly catalogue: SandboxCatalogue;
  /** Registers a fault; see `Fault` for all that can be combined. */
  failNext(fault: Fault): void;
  clearFaults(): void;
  /** Moves the sandbox's clock forward. */
  advance(ms: number): void;
  /** Milliseconds since the epoch by the sandbox's clock. */
  now(): number;
  set(switches: Partial<Switches>): void;
  setRateWindow(window: RateWindow | undefined): void;
  setQuota(bucket: QuotaBucket, remaining: number): void;
  /** `undefined` makes the album a good one again. */
  setAlbum(albumId: string, condition: AlbumCondition | undefined): void;
  addPerson(id: string, displayName: string, rest?: { country?: string; allowListed?: boolean }): void;
  setAllowListed(personId: string, allowListed: boolean): void;
  people(): readonly Person[];
  /** Refresh tokens of a person die at once, as when they remove the app. */
  revoke(personId: string): void;
  /** What the person agreed to is cut down to these scopes: for living access tokens at once, for refresh tokens at the next refresh. */
  reduceScopes(personId: string, scopes: readonly string[]): void;
  /** The person closes their account: their tokens, playlists and name are gone, and nobody can consent as them. */
  deletePerson(personId: string): void;
  requests(filter?: { method?: string; path?: string | RegExp }): LoggedRequest[];
  /** Answers by `METHOD route status`, never cut. */
  totals(): Record<string, number>;
  clearRequests(): void;
  /** All playlists of a person, or of everybody, oldest first. */
  playlists(ownerId?: string): PlaylistDump[];
  playlist(id: string): PlaylistDump | undefined;
  /** A playlist that a person made in Spotify's own app. Returns its id. */
  addPlaylist(ownerId: string, face: { name: string; description?: string; public?: boolean }): string;
  /** A person edits the playlist by hand in Spotify's own app. */
  editPlaylist(id: string, edit: { uris?: readonly (string | null)[]; name?: string; description?: string; public?: boolean }): void;
  /** The owner deletes it in Spotify's own app: it leaves their list, while its address goes on answering, as Spotify's does. */
  deletePlaylist(id: string): void;
  /** Forgets people, tokens, playlists, faults, limits and the log; the catalogue stays. */
  reset(): void;
}

export function createControl(world: World): SandboxControl {
  return {
    catalogue: world.catalogue,
    failNext: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    advance: (ms) => {
      world.state.clockOffsetMs += ms;
      world.touch();
    },
    now: () => world.now(),
    set: (switches) => void Object.assign(world.switches, switches),
    setRateWindow: (window) => world.limits.setWindow(window),
    setQuota: (bucket, remaining) => world.limits.setQuota(bucket, remaining),
    setAlbum: (albumId, condition) => void (condition ? world.albumConditions.set(albumId, condition) : world.albumConditions.delete(albumId)),
    addPerson: (id, displayName, rest) => {
      world.state.people.set(id, newPerson(id, displayName, rest));
      world.touch(['people', id]);
    },
    setAllowListed: (personId, allowListed) => {
      personIn(world, personId).allowListed = allowListed;
      world.touch(['people', personId]);
    },
    people: () => [...world.state.people.values()],
    revoke: (personId) => {
      for (const grant of world.state.refreshGrants.values()) if (grant.personId === personId) grant.spent = true;
      world.touch();
    },
    reduceScopes: (personId, scopes) => reduceScopes(world, personId, scopes),
    deletePerson: (personId) => deletePerson(world, personId),
    requests: (filter) => world.log.recent(filter),
    totals: () => world.log.totals(),
    clearRequests: () => world.log.clear(),
    playlists: (ownerId) =>
      [...world.state.playlists.values()].filter((one) => ownerId === undefined || one.ownerId === ownerId).map((one) => dump(world, one)),
    playlist: (id) => {
      const playlist = world.state.playlists.get(id);
      return playlist && dump(world, playlist);
    },
    addPlaylist: (ownerId, { name, description = '', public: isPublic = true }) =>
      createPlaylist(world, personIn(world, ownerId), { name, description, public: isPublic, collaborative: false }).id,
    editPlaylist: (id, edit) => editByHand(world, id, edit),
    deletePlaylist: (id) => deletePlaylist(world, id),
    reset: () => reset(world),
  };
}

function personIn(world: World, id: string): Person {
  const person = world.state.people.get(id);
  if (!person) throw new RangeError(`The sandbox knows nobody called ${id}.`);
  return person;
}

function reduceScopes(world: World, personId: string, scopes: readonly string[]): void {
  const { accessTokens, refreshGrants } = world.state;
  const kept = (granted: readonly string[]) => granted.filter((scope) => scopes.includes(scope));
  for (const [key, grant] of refreshGrants) if (grant.personId === personId) refreshGrants.set(key, { ...grant, scopes: kept(grant.scopes) });
  for (const [key, token] of accessTokens) if (token.personId === personId) accessTokens.set(key, { ...token, scopes: kept(token.scopes) });
  world.touch();
}

function deletePerson(world: World, personId: string): void {
  const { people, shelves, playlists, accessTokens, refreshGrants, codes } = world.state;
  people.delete(personIn(world, personId).id);
  shelves.delete(personId);
  for (const [key, playlist] of playlists) if (playlist.ownerId === personId) playlists.delete(key);
  for (const held of [accessTokens, refreshGrants, codes]) {
    for (const [key, { personId: owner }] of held) if (owner === personId) held.delete(key);
  }
  world.touch();
}

function dump(world: World, playlist: StoredPlaylist): PlaylistDump {
  const { id, ownerId, name, description, items, covers } = playlist;
  return {
    id,
    ownerId,
    name,
    description,
    public: playlist.public,
    snapshotId: snapshotId(playlist),
    uris: items.map(({ uri }) => uri),
    coverCount: covers.at(-1)?.version ?? 0,
    isListed: world.state.shelves.get(ownerId)?.includes(id) ?? false,
  };
}

function editByHand(world: World, id: string, { uris, ...face }: Parameters<SandboxControl['editPlaylist']>[1]): void {
  const playlist = world.state.playlists.get(id);
  if (!playlist) throw new RangeError(`The sandbox has no playlist ${id}.`);
  changePlaylist(world, playlist, (one) => {
    Object.assign(one, face);
    if (uris) one.items = entries(world, one.ownerId, uris);
  });
}

function deletePlaylist(world: World, id: string): void {
  const playlist = world.state.playlists.get(id);
  if (!playlist) throw new RangeError(`The sandbox has no playlist ${id}.`);
  const shelf = world.state.shelves.get(playlist.ownerId) ?? [];
  world.state.shelves.set(
    playlist.ownerId,
    shelf.filter((one) => one !== id),
  );
  world.touch(['shelves', playlist.ownerId]);
}

function reset(world: World): void {
  const fresh = emptyState();
  for (const name of ['playlists', 'shelves', 'codes', 'accessTokens', 'refreshGrants'] as const) world.state[name].clear();
  world.state.people.clear();
  for (const [id, person] of fresh.people) world.state.people.set(id, person);
  world.state.clockOffsetMs = 0;
  world.albumConditions.clear();
  world.faults.clear();
  world.limits.clear();
  world.log.clear();
  world.touch();
}
