import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps, Sealer } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { countByKey, lockAccountsWithOldKey, markResealed } from '#server/repos/accounts/encrypted-tokens.ts';
import { resealSigningKey } from '#server/use-cases/auth/signing/reseal-signing-key.ts';
import type { AccountId } from '#shared/ids.ts';
import { openToken, sealToken } from './token-seals.ts';

type RotateDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'sealer' | 'faultPoint'>;

interface KeyRotation {
  /** Accounts whose tokens were re-encrypted with the newest key. */
  readonly resealed: number;
  /** Accounts whose tokens no key of the ring decrypts; they are left unchanged. */
  readonly unreadable: readonly string[];
  /** Keys of the ring that are no longer needed. */
  readonly unneeded: readonly string[];
  /** Older keys that are still needed. */
  readonly needed: readonly { readonly key: string; readonly tokens: number; readonly signIns: number; readonly signingKeys: number }[];
  /** What became of the stored signing key. It is left unchanged when no key of the ring decrypts it. */
  readonly signingKey: 'resealed' | 'unchanged' | 'unreadable';
}

/** Accounts in one transaction: few enough that a refresh never waits long for its row. */
const BATCH = 50;

/**
 * Re-encrypts every token and the signing key with the newest key of the ring. An interrupted run has completed whole batches, and the next run continues with the rest;
 * in the meantime every token decrypts with the ring, so nothing has to stop. Returns which older keys may be removed. Throws like `requireAdmin`.
 */
export async function rotateKeys(deps: RotateDeps, actor: Actor, { batch = BATCH }: { batch?: number } = {}): Promise<KeyRotation> {
  requireAdmin(actor);
  const [newest = '', ...older] = deps.sealer.keyIds;
  const unreadable: string[] = [];
  let resealed = 0;
  for (let after: string | undefined, isDone = false; !isDone;) {
    const step = await resealBatch(deps, newest, { after, limit: batch });
    resealed += step.resealed;
    unreadable.push(...step.unreadable);
    after = step.last;
    isDone = after === undefined;
    deps.faultPoint('keys.after_batch');
  }
  const signingKey = await resealSigningKey(deps, newest);
  const counts = await countByKey(deps.db, deps.now());
  const needed = older.flatMap((key) => {
    const count = counts.get(key);
    return count ? [{ key, ...count }] : [];
  });
  const unneeded = older.filter((key) => !counts.has(key));
  const detail = `${resealed} accounts encrypted with ${newest}`;
  await insertAuditEntry(deps.db, { id: deps.newId(), at: deps.now(), actor: actorName(actor), action: 'keys_rotated', subject: 'accounts', detail });
  return { resealed, unreadable, unneeded, needed, signingKey };
}

async function resealBatch(
  deps: RotateDeps,
  newest: string,
  page: { after: string | undefined; limit: number },
): Promise<{ resealed: number; unreadable: readonly string[]; last: string | undefined }> {
  return deps.db.transaction(async (tx) => {
    const accounts = await lockAccountsWithOldKey(tx, newest, page);
    const unreadable: string[] = [];
    for (const account of accounts) if (!(await reseal(deps.sealer, tx, account))) unreadable.push(account.displayName);
    deps.faultPoint('keys.before_commit');
    return { resealed: accounts.length - unreadable.length, unreadable, last: accounts.at(-1)?.id };
  });
}

interface SealedPair {
  readonly id: AccountId;
  readonly sealedAccessToken: string | null;
  readonly sealedRefreshToken: string | null;
}

/** False when no key of the ring decrypts it. */
async function reseal(sealer: Sealer, tx: Db, { id, sealedAccessToken, sealedRefreshToken }: SealedPair): Promise<boolean> {
  let pair;
  try {
    pair = {
      sealedAccessToken: resealToken(sealer, sealedAccessToken, { id, column: 'sealed_access_token' }),
      sealedRefreshToken: resealToken(sealer, sealedRefreshToken, { id, column: 'sealed_refresh_token' }),
    };
  } catch {
    return false;
  }
  await markResealed(tx, id, pair);
  return true;
}

function resealToken(sealer: Sealer, sealed: string | null, place: Parameters<typeof sealToken>[2]): string | null {
  return sealed === null ? null : sealToken(sealer, openToken(sealer, sealed, place), place);
}
