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

function ownerOf(place: { id: AccountId; column: TokenColumn }): string {
  return `accounts|${place.column}|${place.id}`;
}
