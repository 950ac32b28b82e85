import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry, listAuditInstants, takeTransactionLock } from '#server/repos/audit-log.ts';
import { AppError } from '#shared/errors.ts';
import { digest, isSameDigest } from './secrets.ts';

/** Refused keys one address may present in any minute. A person mistypes a few times; a guesser needs far more. */
const REFUSALS_MAX = 10;
const REFUSALS_WINDOW_MS = 60_000;
const REFUSED = 'admin_key_refused';

/**
 * Turns the admin key into an actor. A wrong key is `unauthenticated`, the eleventh within a minute from one address `rate_limited`; both are
 * counted in Postgres, so that every process sees them.
 */
export async function checkAdminKey(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>,
  presented: { key: string; address: string },
): Promise<Actor> {
  const known = deps.settings.adminKeySha256;
  const matches = known !== undefined && isSameDigest(digest(presented.key), known);
  const waitMs = matches ? await msUntilAllowed(deps, presented.address) : await recordRefusal(deps, presented.address);
  if (waitMs > 0) {
    throw new AppError('rate_limited', {
      message: 'Too many wrong admin keys came from this address.',
      remedy: 'Wait a minute, then try the right one.',
      retryAfterMs: waitMs,
    });
  }
  if (matches) return { kind: 'admin_key' };
  throw new AppError('unauthenticated', {
    message: known === undefined ? 'This house has no admin key.' : 'That is not the admin key of this house.',
    remedy: known === undefined ? 'Set ADMIN_API_KEY and start the server again.' : 'Check the key for missing or extra characters.',
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
  // What was written before a clock was set back stands in the future, and must not shut the door for that long.
  const oldest = refusals.filter((at) => at.getTime() < now + REFUSALS_WINDOW_MS).at(-REFUSALS_MAX);
  return oldest ? Math.min(REFUSALS_WINDOW_MS, Math.max(1, oldest.getTime() + REFUSALS_WINDOW_MS - now)) : 0;
}
