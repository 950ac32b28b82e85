import type { Sealer } from '#server/deps.ts';

/** Encrypts the seed of a signing key, bound to that key: it does not decrypt as the seed of another. */
export function sealSeed(sealer: Sealer, fingerprint: string, seed: Uint8Array): string {
  return sealer.seal(Buffer.from(seed).toString('base64url'), ownerOf(fingerprint));
}

/** Decrypts what `sealSeed` encrypted for the same key. Throws when its token key is missing or the text was altered. */
export function openSeed(sealer: Sealer, fingerprint: string, sealed: string): Uint8Array {
  return Buffer.from(sealer.open(sealed, ownerOf(fingerprint)), 'base64url');
}

function ownerOf(fingerprint: string): string {
  return `signing_keys|sealed_seed|${fingerprint}`;
}
