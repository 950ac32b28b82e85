import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { insertSigningKey, listSigningKeyRows, lockSigningKeyInUse, markSigningKeyReplaced } from '#server/repos/auth/signing-keys.ts';
import { AppError } from '#shared/errors.ts';
import { newSigningKey } from './new-signing-key.ts';
import type { SigningDeps } from './new-signing-key.ts';

/**
 * Replaces the signing key by that of SEGUE_SIGNING_KEY, or by a new one without it. The old public key stays published, its private half is forgotten.
 * The old key need not be readable. Throws `conflict` when SEGUE_SIGNING_KEY was used before, and like `requireAdmin`.
 */
export async function rotateSigningKey(
  deps: SigningDeps & Pick<Deps, 'newId'>,
  actor: Actor,
): Promise<{ readonly fingerprint: string; readonly replaced: string | null }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    const old = await lockSigningKeyInUse(tx);
    const key = newSigningKey(deps);
    const known = (await listSigningKeyRows(tx)).find(({ fingerprint }) => fingerprint === key.fingerprint);
    if (known) {
      const message = known.validTo ? 'SEGUE_SIGNING_KEY was used before and has been replaced.' : 'SEGUE_SIGNING_KEY is already the key in use.';
      throw new AppError('conflict', { message, remedy: 'Set it to a new key (openssl rand -base64 32), then run this again.' });
    }
    if (old) await markSigningKeyReplaced(tx, old.fingerprint, key.validFrom);
    await insertSigningKey(tx, key);
    const subject = old?.fingerprint ?? 'none';
    const entry = { id: deps.newId(), at: key.validFrom, actor: actorName(actor), action: 'signing_key_rotated', subject, detail: key.fingerprint };
    await insertAuditEntry(tx, entry);
    return { fingerprint: key.fingerprint, replaced: old?.fingerprint ?? null };
  });
}
