import type { SandboxCatalog } from '#server/sandbox/catalog/catalog.ts';
import type { Fault } from './faults.ts';
import { visibleCoverUrl } from '../endpoints/playlist-wire.ts';
import { changePlaylist, createPlaylist, newItems, snapshotId } from '../state/playlist-store.ts';
import type { LoggedRequest } from './request-log.ts';
import type { QuotaEndpoint, RateWindow } from './request-limits.ts';
import { emptyState, newPerson } from '../state/state.ts';
import type { Person, StoredPlaylist } from '../state/state.ts';
import type { AlbumCondition, Switches, SandboxContext } from '../state/sandbox-context.ts';

/** A playlist's actual state, independent of simulated delays in the API. */
export interface PlaylistDump {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly description: string;
  readonly public: boolean;
  readonly snapshotId: string;
  readonly uris: readonly (string | null)[];
  /** Address of the uploaded cover that is visible; null while there is none. */
  readonly coverUrl: string | null;
  /** Number of uploaded covers, visible or not. */
  readonly coverCount: number;
  /** True when it is in its owner's library. A deleted playlist is not, but can still be read by id. */
  readonly isListed: boolean;
}

/** Controls the sandbox: faults, clock, state. Also available over HTTP under `/_sandbox/`. */
export interface SandboxControl {
  readonly catalog: SandboxCatalog;
  /** Registers a fault; see `Fault` for the options. */
  failNext(fault: Fault): void;
  clearFaults(): void;
  /** Moves the sandbox's clock forward. */
  advance(ms: number): void;
  /** Milliseconds since the epoch by the sandbox's clock. */
  now(): number;
  setSwitches(switches: Partial<Switches>): void;
  setRateWindow(window: RateWindow | undefined): void;
  setQuota(bucket: QuotaEndpoint, remaining: number): void;
  /** `undefined` makes the album normal again. */
  setAlbum(albumId: string, condition: AlbumCondition | undefined): void;
  addPerson(id: string, displayName: string, rest?: { country?: string; allowListed?: boolean }): void;
  setAllowListed(personId: string, allowListed: boolean): void;
  people(): readonly Person[];
  /** Revokes all refresh tokens of a user at once, as when they remove the app. */
  revoke(personId: string): void;
  /** Reduces the granted scopes of a user: immediately for access tokens, at the next refresh for refresh tokens. */
  reduceScopes(personId: string, scopes: readonly string[]): void;
  /** Deletes a user's account with its tokens and playlists. Nobody can sign in as them afterwards. */
  deletePerson(personId: string): void;
  requests(filter?: { method?: string; path?: string | RegExp }): LoggedRequest[];
  /** Number of responses by `METHOD route status`; never truncated. */
  totals(): Record<string, number>;
  clearRequests(): void;
  /** All playlists of one user, or of all users, oldest first. */
  playlists(ownerId?: string): PlaylistDump[];
  playlist(id: string): PlaylistDump | undefined;
  /** Adds a playlist as if a user had created it in Spotify's app. Returns its id. */
  addPlaylist(ownerId: string, details: { name: string; description?: string; public?: boolean }): string;
  /** Edits a playlist as if a user had done it in Spotify's app. */
  editPlaylist(id: string, edit: { uris?: readonly (string | null)[]; name?: string; description?: string; public?: boolean }): void;
  /** Chooses a cover as if a user had done it in Spotify's app: a JPEG in base64, visible at once. */
  setCover(id: string, jpegBase64: string): void;
  /** Deletes a playlist as if its owner had done it in Spotify's app: removed from the library, but still readable by id, as on Spotify. */
  deletePlaylist(id: string): void;
  /** Deletes users, tokens, playlists, faults, limits and the log; keeps the catalog. */
  reset(): void;
}

export function createControl(sandbox: SandboxContext): SandboxControl {
  return {
    catalog: sandbox.catalog,
    failNext: (fault) => sandbox.faults.add(fault),
    clearFaults: () => sandbox.faults.clear(),
    advance: (ms) => {
      sandbox.state.clockOffsetMs += ms;
      sandbox.persist();
    },
    now: () => sandbox.now(),
    setSwitches: (switches) => void Object.assign(sandbox.switches, switches),
    setRateWindow: (window) => sandbox.limits.setWindow(window),
    setQuota: (bucket, remaining) => sandbox.limits.setQuota(bucket, remaining),
    setAlbum: (albumId, condition) => void (condition ? sandbox.albumConditions.set(albumId, condition) : sandbox.albumConditions.delete(albumId)),
    addPerson: (id, displayName, rest) => {
      sandbox.state.people.set(id, newPerson(id, displayName, rest));
      sandbox.persist(['people', id]);
    },
    setAllowListed: (personId, allowListed) => {
      personIn(sandbox, personId).allowListed = allowListed;
      sandbox.persist(['people', personId]);
    },
    people: () => [...sandbox.state.people.values()],
    revoke: (personId) => {
      for (const grant of sandbox.state.refreshGrants.values()) if (grant.personId === personId) grant.spent = true;
      sandbox.persist();
    },
    reduceScopes: (personId, scopes) => reduceScopes(sandbox, personId, scopes),
    deletePerson: (personId) => deletePerson(sandbox, personId),
    requests: (filter) => sandbox.log.recent(filter),
    totals: () => sandbox.log.totals(),
    clearRequests: () => sandbox.log.clear(),
    playlists: (ownerId) =>
      [...sandbox.state.playlists.values()].filter((one) => ownerId === undefined || one.ownerId === ownerId).map((one) => dump(sandbox, one)),
    playlist: (id) => {
      const playlist = sandbox.state.playlists.get(id);
      return playlist && dump(sandbox, playlist);
    },
    addPlaylist: (ownerId, { name, description = '', public: isPublic = true }) =>
      createPlaylist(sandbox, personIn(sandbox, ownerId), { name, description, public: isPublic, collaborative: false }).id,
    editPlaylist: (id, edit) => editPlaylist(sandbox, id, edit),
    setCover: (id, jpegBase64) => setCover(sandbox, id, jpegBase64),
    deletePlaylist: (id) => deletePlaylist(sandbox, id),
    reset: () => reset(sandbox),
  };
}

function personIn(sandbox: SandboxContext, id: string): Person {
  const person = sandbox.state.people.get(id);
  if (!person) throw new RangeError(`The sandbox has no user ${id}.`);
  return person;
}

function reduceScopes(sandbox: SandboxContext, personId: string, scopes: readonly string[]): void {
  const { accessTokens, refreshGrants } = sandbox.state;
  const remaining = (granted: readonly string[]) => granted.filter((scope) => scopes.includes(scope));
  for (const [key, grant] of refreshGrants) if (grant.personId === personId) refreshGrants.set(key, { ...grant, scopes: remaining(grant.scopes) });
  for (const [key, token] of accessTokens) if (token.personId === personId) accessTokens.set(key, { ...token, scopes: remaining(token.scopes) });
  sandbox.persist();
}

function deletePerson(sandbox: SandboxContext, personId: string): void {
  const { people, shelves, playlists, accessTokens, refreshGrants, codes } = sandbox.state;
  people.delete(personIn(sandbox, personId).id);
  shelves.delete(personId);
  for (const [key, playlist] of playlists) if (playlist.ownerId === personId) playlists.delete(key);
  for (const records of [accessTokens, refreshGrants, codes]) {
    for (const [key, { personId: owner }] of records) if (owner === personId) records.delete(key);
  }
  sandbox.persist();
}

function dump(sandbox: SandboxContext, playlist: StoredPlaylist): PlaylistDump {
  const { id, ownerId, name, description, items, covers } = playlist;
  return {
    id,
    ownerId,
    name,
    description,
    public: playlist.public,
    snapshotId: snapshotId(playlist),
    uris: items.map(({ uri }) => uri),
    coverUrl: visibleCoverUrl(sandbox, playlist),
    coverCount: covers.at(-1)?.version ?? 0,
    isListed: sandbox.state.shelves.get(ownerId)?.includes(id) ?? false,
  };
}

function editPlaylist(sandbox: SandboxContext, id: string, { uris, ...details }: Parameters<SandboxControl['editPlaylist']>[1]): void {
  const playlist = sandbox.state.playlists.get(id);
  if (!playlist) throw new RangeError(`The sandbox has no playlist ${id}.`);
  changePlaylist(sandbox, playlist, (one) => {
    Object.assign(one, details);
    if (uris) one.items = newItems(sandbox, one.ownerId, uris);
  });
}

function setCover(sandbox: SandboxContext, id: string, jpegBase64: string): void {
  const playlist = sandbox.state.playlists.get(id);
  if (!playlist) throw new RangeError(`The sandbox has no playlist ${id}.`);
  const version = (playlist.covers.at(-1)?.version ?? 0) + 1;
  playlist.covers = [...playlist.covers, { visibleAt: sandbox.now(), jpegBase64, version }];
  sandbox.persist(['playlists', id]);
}

function deletePlaylist(sandbox: SandboxContext, id: string): void {
  const playlist = sandbox.state.playlists.get(id);
  if (!playlist) throw new RangeError(`The sandbox has no playlist ${id}.`);
  const library = sandbox.state.shelves.get(playlist.ownerId) ?? [];
  sandbox.state.shelves.set(
    playlist.ownerId,
    library.filter((one) => one !== id),
  );
  sandbox.persist(['shelves', playlist.ownerId]);
}

function reset(sandbox: SandboxContext): void {
  const fresh = emptyState();
  for (const name of ['playlists', 'shelves', 'codes', 'accessTokens', 'refreshGrants'] as const) sandbox.state[name].clear();
  sandbox.state.people.clear();
  for (const [id, person] of fresh.people) sandbox.state.people.set(id, person);
  sandbox.state.clockOffsetMs = 0;
  sandbox.albumConditions.clear();
  sandbox.faults.clear();
  sandbox.limits.clear();
  sandbox.log.clear();
  sandbox.persist();
}
