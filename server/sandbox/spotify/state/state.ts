export interface SavedItem {
  readonly uri: string;
  readonly addedAt: string;
}

/** A user who can sign in to the sandbox. */
export interface Person {
  readonly id: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly email: string;
  readonly country: string;
  /** True when the user is on the app's list; others get a plain-text 403. */
  allowListed: boolean;
  /** Saved and followed items, newest first. */
  library: SavedItem[];
}

export interface PlaylistItem {
  /** Null for an item that no longer exists. */
  readonly uri: string | null;
  readonly addedAt: string;
  readonly addedBy: string;
}

export interface StoredPlaylist {
  readonly id: string;
  readonly ownerId: string;
  readonly createdAt: number;
  name: string;
  description: string;
  public: boolean;
  collaborative: boolean;
  items: PlaylistItem[];
  /** Number of changes; the snapshot id is derived from it. */
  revision: number;
  /** Uploaded covers, each visible from `visibleAt` on. */
  covers: { readonly visibleAt: number; readonly jpegBase64: string; readonly version: number }[];
}

export interface AuthorizationCode {
  readonly code: string;
  readonly clientId: string;
  readonly personId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly expiresAt: number;
}

export interface AccessToken {
  readonly clientId: string;
  /** Null for client credentials: public data only. */
  readonly personId: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

export interface RefreshGrant {
  readonly clientId: string;
  readonly personId: string;
  readonly scopes: readonly string[];
  /** The six-month lifetime starts here; refreshing does not extend it. */
  readonly authorizedAt: number;
  readonly pkce: boolean;
  /** Rotated or revoked: no longer valid. */
  spent: boolean;
}

export interface SandboxState {
  readonly people: Map<string, Person>;
  readonly playlists: Map<string, StoredPlaylist>;
  /** Playlist ids by user, newest first, as in `/me/playlists`. */
  readonly shelves: Map<string, string[]>;
  readonly codes: Map<string, AuthorizationCode>;
  readonly accessTokens: Map<string, AccessToken>;
  readonly refreshGrants: Map<string, RefreshGrant>;
  clockOffsetMs: number;
}

/** The parts of the state that are stored entry by entry. */
export const STATE_MAPS = ['people', 'playlists', 'shelves', 'codes', 'accessTokens', 'refreshGrants'] as const;

/** Identifies one changed entry. */
export type ChangedEntry = readonly [map: (typeof STATE_MAPS)[number], key: string];

/** Five users on the app's list, the maximum in development mode, and one who is not. */
const PEOPLE: readonly (readonly [id: string, displayName: string, country: string, allowListed: boolean])[] = [
  ['segue-north', 'Segue North', 'SE', true],
  ['segue-south', 'Segue South', 'BR', true],
  ['segue-east', 'Segue East', 'JP', true],
  ['mara', 'Mara Ellison', 'GB', true],
  ['jonas', 'Jonas Winterfeld', 'DE', true],
  ['stranger', 'Una Larkin', 'IE', false],
];

export function newPerson(id: string, displayName: string, options: { country?: string; allowListed?: boolean } = {}): Person {
  return {
    id,
    accountId: `acc_${Buffer.from(id).toString('hex').padEnd(16, '0').slice(0, 32)}`,
    displayName,
    email: `${id}@listeners.example`,
    country: options.country ?? 'GB',
    allowListed: options.allowListed ?? true,
    library: [],
  };
}

export function emptyState(): SandboxState {
  return {
    people: new Map(PEOPLE.map(([id, displayName, country, allowListed]) => [id, newPerson(id, displayName, { country, allowListed })])),
    playlists: new Map(),
    shelves: new Map(),
    codes: new Map(),
    accessTokens: new Map(),
    refreshGrants: new Map(),
    clockOffsetMs: 0,
  };
}
