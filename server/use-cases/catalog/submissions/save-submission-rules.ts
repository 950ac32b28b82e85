import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { readNetworkSettings, writeNetworkSettings } from '#server/repos/network-settings.ts';
import type { SubmissionSettings } from '#shared/contracts/settings.ts';

/** Saves who may submit albums and how many; the other settings stay. Submissions that wait keep waiting. */
export async function saveSubmissionRules(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  submissions: SubmissionSettings,
): Promise<SubmissionSettings> {
  requireAdmin(actor);
  const [at, by] = [deps.now(), actorName(actor)];
  await deps.db.transaction(async (tx) => {
    await writeNetworkSettings(tx, { ...(await readNetworkSettings(tx, { forUpdate: true })), submissions }, { at, by });
    await insertAuditEntry(tx, { id: deps.newId(), at, actor: by, action: 'settings.saved', subject: 'submissions', detail: null });
  });
  return submissions;
}
