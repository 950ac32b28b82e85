import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listAttempts } from '#server/repos/studio/generation-history.ts';
import type { HistoryPage, ListHistoryInput } from '#shared/contracts/studio/generation-history.ts';

/** A page of the audit of covers, newest first. */
export async function listHistory(deps: Pick<Deps, 'db'>, actor: Actor, input: ListHistoryInput): Promise<HistoryPage> {
  requireAdmin(actor);
  const found = await listAttempts(deps.db, { ...input, limit: input.limit + 1 });
  const items = found.slice(0, input.limit).map((attempt) => ({ ...attempt, createdAt: attempt.createdAt.toISOString() }));
  const last = items.at(-1);
  return { items, nextCursor: last && found.length > input.limit ? { createdAt: last.createdAt, id: last.id } : null };
}
