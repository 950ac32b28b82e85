import type { Deps } from '#server/deps.ts';
import { keyPairOf } from './key-pair.ts';
import { sealSeed } from './seed-seals.ts';

export type SigningDeps = Pick<Deps, 'db' | 'now' | 'newSecret' | 'sealer' | 'signingSeed'>;

/** The row of the key of SEGUE_SIGNING_KEY, or of a new key whose seed is stored encrypted. */
export function newSigningKey(deps: SigningDeps) {
  const seed = deps.signingSeed ?? Buffer.from(deps.newSecret(), 'base64url');
  const { fingerprint, publicKey } = keyPairOf(seed);
  const sealedSeed = deps.signingSeed ? null : sealSeed(deps.sealer, fingerprint, seed);
  return { fingerprint, publicKey, sealedSeed, validFrom: deps.now() };
}
