import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { insertPlaylists } from '#server/repos/curation/playlists.ts';
import { findPolicy } from '#server/repos/policies/policies.ts';
import type { CreatePlaylistsInput } from '#shared/contracts/playlists/playlists.ts';
import { lockAndRequireNoPriorityCycleWith } from '#server/use-cases/policies/require-no-priority-cycle.ts';
import { AppError } from '#shared/errors.ts';
import { playlistId } from '#shared/ids.ts';

/**
 * Adds one or more playlists of a theme to the network; the next run curates them. Returns their numbers. Throws `not_found`, and `invalid_input` when
 * the priorities of exclusivity groups would form a cycle.
 */
export async function createPlaylists(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  input: CreatePlaylistsInput,
): Promise<{ indexes: number[] }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    const policy = await findPolicy(tx, input.policyId);
    if (!policy) {
      throw new AppError('not_found', { message: 'There is no such policy.', remedy: 'Choose one from the list of policies.', field: 'policyId' });
    }
    await lockAndRequireNoPriorityCycleWith(tx, policy);
    const createdAt = deps.now();
    const rows = Array.from({ length: input.count }, () => ({
      id: playlistId.parse(deps.newId()),
      themeTag: input.themeTag,
      blurb: input.blurb ?? null,
      policyId: input.policyId,
      createdAt,
    }));
    const indexes = await insertPlaylists(tx, rows);
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: createdAt,
      actor: actorName(actor),
      action: 'playlists.create',
      subject: indexes.join(', '),
      detail: input.themeTag,
    });
    return { indexes };
  });
}
