import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry, listAuditInstants, takeTransactionLock } from '#server/repos/audit-log.ts';
import { AppError } from '#shared/errors.ts';
import { digest, isSameDigest } from './secrets.ts';

/** Wrong keys one address may present within a minute. A person mistypes a few times; guessing needs far more. */
const REFUSALS_MAX = 10;
const REFUSALS_WINDOW_MS = 60_000;
const REFUSED = 'admin_key_refused';

/**
 * Checks the admin key and returns its actor. Throws `unauthenticated` for a wrong key and `rate_limited` for the eleventh wrong one within a minute
 * from one address; wrong keys are counted in Postgres, so that every process sees them. A right key is never refused: somebody else behind the same
 * address may have sent the wrong ones.
 */
export async function checkAdminKey(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>,
  presented: { key: string; address: string },
): Promise<Actor> {
  const presentedDigest = digest(presented.key);
  // Every key is compared, so that the time does not tell which one matched.
  if (deps.settings.adminKeyDigests.filter((expected) => isSameDigest(presentedDigest, expected)).length > 0) return { kind: 'admin_key' };
  const isConfigured = deps.settings.adminKeyDigests.length > 0;
  const waitMs = await recordRefusal(deps, presented.address);
  if (waitMs > 0) {
    throw new AppError('rate_limited', {
      message: 'Too many wrong admin keys from this address.',
      remedy: 'Wait a minute, then try again.',
      retryAfterMs: waitMs,
    });
  }
  throw new AppError('unauthenticated', {
    message: isConfigured ? 'The admin key is wrong.' : 'No admin key is configured.',
    remedy: isConfigured ? 'Check the key for missing or extra characters.' : 'Set ADMIN_API_KEY and restart the server.',
    field: 'key',
  });
}

async function recordRefusal(deps: Pick<Deps, 'db' | 'now' | 'newId'>, address: string): Promise<number> {
  return deps.db.transaction(async (tx) => {
    await takeTransactionLock(tx, `${REFUSED}:${address}`);
    const waitMs = await msUntilAllowed({ db: tx, now: deps.now }, address);
    if (waitMs === 0) await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), actor: 'anonymous', action: REFUSED, subject: address });
    return waitMs;
  });
}

async function msUntilAllowed(deps: { db: Parameters<typeof listAuditInstants>[0]; now: () => Date }, address: string): Promise<number> {
  const now = deps.now().getTime();
  const refusals = await listAuditInstants(deps.db, { action: REFUSED, subject: address, since: new Date(now - REFUSALS_WINDOW_MS) });
  // An entry written before the clock was set back lies in the future and must not lock the address out for that long.
  const oldest = refusals.filter((at) => at.getTime() < now + REFUSALS_WINDOW_MS).at(-REFUSALS_MAX);
  return oldest ? Math.min(REFUSALS_WINDOW_MS, Math.max(1, oldest.getTime() + REFUSALS_WINDOW_MS - now)) : 0;
}
