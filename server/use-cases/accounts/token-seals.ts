import type { Sealer } from '#server/deps.ts';
import type { AccountId } from '#shared/ids.ts';

type TokenColumn = 'sealed_access_token' | 'sealed_refresh_token';

/** Encrypts a token bound to its row and column: a ciphertext copied to another account does not decrypt there. */
export function sealToken(sealer: Sealer, token: string, place: { id: AccountId; column: TokenColumn }): string {
  return sealer.seal(token, ownerOf(place));
}

/** Decrypts what `sealToken` encrypted for the same place. Throws when it was moved or altered. */
export function openToken(sealer: Sealer, sealed: string, place: { id: AccountId; column: TokenColumn }): string {
  return sealer.open(sealed, ownerOf(place));
}

/** The result of decrypting a token: decrypted, key missing from the ring, or altered or moved from another place. */
export type DecryptedToken =
  | { readonly kind: 'open'; readonly token: string }
  | { readonly kind: 'no_key'; readonly key: string }
  | { readonly kind: 'altered' };

/** Decrypts a token without throwing; an unreadable token is an expected state of an account. */
export function tryToken(sealer: Sealer, sealed: string, place: { id: AccountId; column: TokenColumn }): DecryptedToken {
  const key = missingKey(sealer, sealed);
  if (key !== null) return { kind: 'no_key', key };
  try {
    return { kind: 'open', token: openToken(sealer, sealed, place) };
  } catch {
    return { kind: 'altered' };
  }
}

/** The id of the key that a token was encrypted with, if the ring lacks it; null if it has it or the text names none. */
export function missingKey(sealer: Pick<Sealer, 'keyIds'>, sealed: string | null): string | null {
  const key = sealed?.split('.')[1];
  return key === undefined || key === '' || sealer.keyIds.includes(key) ? null : key;
}

/** The message for tokens whose encryption key is missing. */
export function missingKeyReason(key: string): string {
  return `Its tokens are encrypted with the key “${key}”, which is not in SPOTIFY_TOKEN_KEY.`;
}

function ownerOf(place: { id: AccountId; column: TokenColumn }): string {
  return `accounts|${place.column}|${place.id}`;
}
