import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { countSources, listSources } from '#server/repos/catalog/album-sources.ts';
import type { ListIntakeInput } from '#shared/contracts/catalog/import.ts';
import type { IntakeLineView, Page } from '#shared/contracts/views.ts';
import { toIntakeLine } from './import-line.ts';

/** One page of import lines; the cursor is an offset in the requested order. */
export async function listIntakeLines(deps: Pick<Deps, 'db'>, actor: Actor, input: ListIntakeInput): Promise<Page<IntakeLineView>> {
  requireAdmin(actor);
  const [rows, total] = await Promise.all([listSources(deps.db, { ...input, after: input.cursor }), countSources(deps.db, input)]);
  const end = input.cursor + rows.length;
  return { items: rows.map(toIntakeLine), total, nextCursor: end < total ? end : null };
}
