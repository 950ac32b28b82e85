import type { Sealer } from '#server/deps.ts';
import type { AccountId } from '#shared/ids.ts';

type TokenColumn = 'sealed_access_token' | 'sealed_refresh_token';

/** Seals a token to its row and column: a ciphertext copied to another account does not open there. */
export function sealToken(sealer: Sealer, token: string, place: { id: AccountId; column: TokenColumn }): string {
  return sealer.seal(token, ownerOf(place));
}

/** Opens what `sealToken` sealed for the same place. Throws when it was moved or altered. */
export function openToken(sealer: Sealer, sealed: string, place: { id: AccountId; column: TokenColumn }): string {
  return sealer.open(sealed, ownerOf(place));
}

/** What became of a sealed token: it opens, its key is missing from the ring, or it was altered or moved here from another place. */
export type SealedToken =
  | { readonly kind: 'open'; readonly token: string }
  | { readonly kind: 'no_key'; readonly key: string }
  | { readonly kind: 'altered' };

/** Opens a token without throwing: a seal that does not open is something that happens to accounts. */
export function tryToken(sealer: Sealer, sealed: string, place: { id: AccountId; column: TokenColumn }): SealedToken {
  const key = missingKey(sealer, sealed);
  if (key !== null) return { kind: 'no_key', key };
  try {
    return { kind: 'open', token: openToken(sealer, sealed, place) };
  } catch {
    return { kind: 'altered' };
  }
}

/** The key that a token was sealed with, where the ring lacks it; null where it has it, or the text names none. */
export function missingKey(sealer: Pick<Sealer, 'keyIds'>, sealed: string | null): string | null {
  const key = sealed?.split('.')[1];
  return key === undefined || key === '' || sealer.keyIds.includes(key) ? null : key;
}

/** What is said of tokens that were sealed with a key which is not at hand. */
export function sealedElsewhere(key: string): string {
  return `Its tokens were sealed with the key “${key}”, which is not in SPOTIFY_TOKEN_KEY.`;
}

function ownerOf(place: { id: AccountId; column: TokenColumn }): string {
  return `accounts|${place.column}|${place.id}`;
}
