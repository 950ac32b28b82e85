import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { ExportTypeInput } from '#shared/contracts/covers/projects.ts';
import { requireOwnCover, stepMissing } from './own-cover.ts';

/** The type of a finished cover as an SVG of paths, without the picture. Throws `conflict` when no type was set. */
export async function exportCoverType(
  deps: Pick<Deps, 'db' | 'coverType'>,
  actor: Actor,
  { coverId, side, signal }: ExportTypeInput & { readonly signal?: AbortSignal | undefined },
): Promise<{ readonly svg: string }> {
  const { type } = await requireOwnCover(deps, actor, coverId);
  if (!type) throw stepMissing('This cover has no type yet.', 'Set the type first.');
  if (!type.plan) throw stepMissing('The picture spells the title, so there is no type to export.', 'Download the finished cover.');
  return { svg: await deps.coverType.exportSvg(type.plan, { side, signal: signal ?? new AbortController().signal }) };
}
