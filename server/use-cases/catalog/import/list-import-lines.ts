import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { countSources, listSources } from '#server/repos/catalog/album-sources.ts';
import type { ListImportLinesInput } from '#shared/contracts/catalog/import.ts';
import type { ImportLineView } from '#shared/contracts/catalog/import-views.ts';
import type { Page } from '#shared/contracts/page.ts';
import { toImportLine } from './import-line.ts';

type ListImportLinesRequest = Omit<ListImportLinesInput, 'retryable'> & Partial<Pick<ListImportLinesInput, 'retryable'>>;

/** One page of import lines; the cursor is an offset in the requested order. */
export async function listImportLines(deps: Pick<Deps, 'db'>, actor: Actor, input: ListImportLinesRequest): Promise<Page<ImportLineView>> {
  requireAdmin(actor);
  const [rows, total] = await Promise.all([listSources(deps.db, { ...input, after: input.cursor }), countSources(deps.db, input)]);
  const end = input.cursor + rows.length;
  return { items: rows.map(toImportLine), total, nextCursor: end < total ? end : null };
}
