import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { listRefusedPrompts } from '#server/repos/studio/usage/figures.ts';
import { monthOf, nextMonth } from '#server/use-cases/studio/renders/month-limits.ts';
import type { RefusedPrompts, ShowRefusedPromptsInput } from '#shared/contracts/studio/usage-figures.ts';

/** As many as somebody reads at once. */
const SHOWN_MAX = 50;

/** The latest prompts of a month that a vendor refused for a reason. That they were shown, and to whom, is in the audit log before they are. */
export async function showRefusedPrompts(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'models'>,
  actor: Actor,
  { vendor, reason, person, ...input }: ShowRefusedPromptsInput,
): Promise<RefusedPrompts> {
  requireAdmin(actor);
  const at = deps.now();
  const month = input.month ?? monthOf(at);
  const entry = { action: 'prompts.shown', subject: `${vendor}:${reason}`, detail: person === undefined ? month : `${month}, ${person}` };
  await insertAuditEntry(deps.db, { id: deps.newId(), at, actor: actorName(actor), ...entry });
  const span = { since: new Date(month), until: nextMonth(new Date(month)), person };
  const found = await listRefusedPrompts(deps.db, { ...span, vendor, reason }, SHOWN_MAX);
  const labelOf = (id: string) => deps.models.find((model) => model.id === id)?.label ?? id;
  return { prompts: found.map(({ model, ...prompt }) => ({ ...prompt, at: prompt.at.toISOString(), modelLabel: labelOf(model) })) };
}
