import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnSubmission, withdrawOwnSubmission } from '#server/repos/catalog/album-submissions.ts';
import type { SubmissionInput, SubmissionView } from '#shared/contracts/catalog/submissions.ts';
import { AppError } from '#shared/errors.ts';
import { listenerOf } from './listener-of.ts';
import { toSubmissionView } from './submission-view.ts';

/** Takes the caller's own submission back while it waits for approval. Throws `not_found`, or `conflict` when it was decided. */
export async function withdrawSubmission(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, { id }: SubmissionInput): Promise<SubmissionView> {
  const userId = listenerOf(actor);
  const isWithdrawn = await withdrawOwnSubmission(deps.db, { id, userId, at: deps.now() });
  const row = await findOwnSubmission(deps.db, { id, userId });
  if (!row) throw new AppError('not_found', { message: 'There is no such submission.', remedy: 'Reload the page.', field: 'id' });
  if (!isWithdrawn && row.decision !== 'withdrawn')
    throw new AppError('conflict', { message: 'This submission was decided in the meantime.', remedy: 'Reload the page.', field: 'id' });
  return toSubmissionView(row);
}
