/** Permits uploading pictures of playlists, and nothing else. */
export const PICTURE_SCOPE = 'ugc-image-upload';

/**
 * Scopes for reading and writing playlists and their pictures. All requested at once, because requesting another one later requires the owner to
 * authorize again.
 */
export const ACCOUNT_SCOPES = [
  'playlist-read-private',
  'playlist-read-collaborative',
  'playlist-modify-private',
  'playlist-modify-public',
  PICTURE_SCOPE,
];

/** Without these an account cannot host playlists. */
const REQUIRED_SCOPES = ['playlist-read-private', 'playlist-modify-private', 'playlist-modify-public'];

/** The scopes that a new grant has: those that were requested, where it names none (RFC 6749, 5.1). */
export function grantedScopes(named: readonly string[]): readonly string[] {
  return named.length > 0 ? named : ACCOUNT_SCOPES;
}

/** Required scopes that were not granted. */
export function missingScopes(granted: readonly string[]): readonly string[] {
  return REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
}
