import { deleteUnusedSigningKey, findSigningKeyInUse, insertSigningKey } from '#server/repos/auth/signing-keys.ts';
import type { SigningKeyRow } from '#server/repos/auth/signing-keys.ts';
import { AppError } from '#shared/errors.ts';
import { keyPairOf } from './key-pair.ts';
import type { KeyPair } from './key-pair.ts';
import { newSigningKey } from './new-signing-key.ts';
import type { SigningDeps } from './new-signing-key.ts';
import { openSeed } from './seed-seals.ts';

const REPLACE =
  'If it is lost, or to change to another key, run npm run signing:rotate. Certificates that were issued stay verifiable with the published old key.';

/**
 * Returns the signing key in use: the one of SEGUE_SIGNING_KEY, or else one that is made on first use and stored encrypted, so that every process has
 * the same. A key that has signed nothing is replaced when it cannot be used. Throws `provider_unavailable` when a key that has signed cannot be used.
 *
 * States of a key: in use → replaced (`rotateSigningKey`). One that has signed nothing is deleted instead.
 */
export async function prepareSigningKey(deps: SigningDeps): Promise<KeyPair> {
  const row = await findSigningKeyInUse(deps.db);
  if (!row) return createFirst(deps);
  const opened = openKey(deps, row);
  if (opened.kind === 'open') return opened.pair;
  if (!(await deleteUnusedSigningKey(deps.db, row.fingerprint)))
    throw new AppError('provider_unavailable', { message: opened.message, remedy: `${opened.remedy} ${REPLACE}` });
  return createFirst(deps);
}

/** Two processes may start at once: one of their keys is stored, and both use that one. */
async function createFirst(deps: SigningDeps): Promise<KeyPair> {
  await insertSigningKey(deps.db, newSigningKey(deps));
  const row = await findSigningKeyInUse(deps.db);
  const opened = row && openKey(deps, row);
  if (opened?.kind === 'open') return opened.pair;
  const message = opened?.message ?? 'SEGUE_SIGNING_KEY was used before and has been replaced.';
  throw new AppError('provider_unavailable', { message, remedy: opened?.remedy ?? 'Set a new key, or remove the variable.' });
}

type OpenedKey = { readonly kind: 'open'; readonly pair: KeyPair } | { readonly kind: 'unusable'; readonly message: string; readonly remedy: string };

function openKey({ sealer, signingSeed }: SigningDeps, { fingerprint, sealedSeed }: SigningKeyRow): OpenedKey {
  const given = signingSeed && keyPairOf(signingSeed);
  if (given?.fingerprint === fingerprint) return { kind: 'open', pair: given };
  const name = `The signing key in use (fingerprint ${fingerprint.slice(0, 16)}…)`;
  if (given)
    return {
      kind: 'unusable',
      message: `${name} is not the one of SEGUE_SIGNING_KEY.`,
      remedy: 'Restore the earlier value, or remove it if it was new.',
    };
  if (sealedSeed === null)
    return { kind: 'unusable', message: `${name} is missing: it was in SEGUE_SIGNING_KEY.`, remedy: 'Set SEGUE_SIGNING_KEY to it again.' };
  try {
    return { kind: 'open', pair: keyPairOf(openSeed(sealer, fingerprint, sealedSeed)) };
  } catch {
    const key = sealedSeed.split('.')[1] ?? '';
    const message = sealer.keyIds.includes(key)
      ? `${name} cannot be decrypted: its stored text or the token key “${key}” was changed.`
      : `${name} cannot be decrypted: it needs the token key “${key}”, which is not in SPOTIFY_TOKEN_KEY.`;
    return { kind: 'unusable', message, remedy: `Restore the token key “${key}” in SPOTIFY_TOKEN_KEY or in the file token-key.` };
  }
}
