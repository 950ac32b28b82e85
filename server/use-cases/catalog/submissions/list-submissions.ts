import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listSubmissionRows } from '#server/repos/catalog/album-submissions.ts';
import type { ListSubmissionsInput, OperatorSubmissionView } from '#shared/contracts/catalog/submissions.ts';
import type { Page } from '#shared/contracts/page.ts';
import { toSubmissionView } from './submission-view.ts';

/** One page of everybody's submissions: those that wait in their order, others newest first. */
export async function listSubmissions(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  { status, cursor, limit }: ListSubmissionsInput,
): Promise<Page<OperatorSubmissionView>> {
  requireAdmin(actor);
  const { rows, total } = await listSubmissionRows(deps.db, { status, cursor, limit });
  const end = cursor + rows.length;
  return { items: rows.map((row) => ({ ...toSubmissionView(row), by: row.by })), total, nextCursor: end < total ? end : null };
}
