/** Reading and writing playlists, and their pictures: asked for together, because asking again means the owner must agree again. */
export const CARRIER_SCOPES = [
  'playlist-read-private',
  'playlist-read-collaborative',
  'playlist-modify-private',
  'playlist-modify-public',
  'ugc-image-upload',
];

/** Without these nothing can be carried. */
const SCOPES_NEEDED = ['playlist-read-private', 'playlist-modify-private', 'playlist-modify-public'];

/** Permissions that carrying playlists needs and that were not granted. */
export function missingScopes(granted: readonly string[]): readonly string[] {
  return SCOPES_NEEDED.filter((scope) => !granted.includes(scope));
}
