import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listOwnCovers } from '#server/repos/covers/covers.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { CoverPage, ListCoversInput } from '#shared/contracts/covers/projects.ts';
import { allSteps } from '#shared/domain/covers/projects/cover-steps.ts';
import { AppError } from '#shared/errors.ts';
import { coverId } from '#shared/ids.ts';
import type { CoverId } from '#shared/ids.ts';
import { namedSources } from './cover-source.ts';

/** A page of the actor's own covers, last changed first. Throws `invalid_input` for a cursor that no page gave. */
export async function listCovers(deps: Pick<Deps, 'db'>, actor: Actor, { cursor, limit }: ListCoversInput): Promise<CoverPage> {
  const after = cursor === undefined ? undefined : placeOf(cursor);
  const rows = await listOwnCovers(deps.db, { userId: assetOwner(actor), after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const sources = await namedSources(deps, shown);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    covers: shown.map((cover, at) => {
      const asset = cover.resultAssetId ?? cover.pictureAssetId;
      return {
        id: cover.id,
        title: cover.words?.title ?? null,
        sourceName: sources[at]?.name ?? null,
        url: asset && `/files/${asset}`,
        steps: allSteps(cover.steps),
        changedAt: cover.changedAt.toISOString(),
      };
    }),
    next: last ? `${last.changedAt.toISOString()} ${last.id}` : null,
  };
}

function placeOf(cursor: string): { readonly at: Date; readonly id: CoverId } {
  const [at = '', id] = cursor.split(' ');
  const parsed = coverId.safeParse(id);
  if (parsed.success && !Number.isNaN(Date.parse(at))) return { at: new Date(at), id: parsed.data };
  throw new AppError('invalid_input', { message: 'This is not the cursor of a page.', remedy: 'Load the list again.', field: 'cursor' });
}
