import type { Deps } from '#server/deps.ts';
import { lockSeedWithOldKey, markSeedResealed } from '#server/repos/auth/signing-keys.ts';
import { openSeed, sealSeed } from './seed-seals.ts';

/** Encrypts the stored seed of the signing key with the newest token key. `unchanged` also when none is stored. */
export async function resealSigningKey(deps: Pick<Deps, 'db' | 'sealer'>, newest: string): Promise<'resealed' | 'unchanged' | 'unreadable'> {
  return deps.db.transaction(async (tx) => {
    const stored = await lockSeedWithOldKey(tx, newest);
    if (!stored) return 'unchanged';
    try {
      const seed = openSeed(deps.sealer, stored.fingerprint, stored.sealedSeed);
      await markSeedResealed(tx, stored.fingerprint, sealSeed(deps.sealer, stored.fingerprint, seed));
      return 'resealed';
    } catch {
      return 'unreadable';
    }
  });
}
