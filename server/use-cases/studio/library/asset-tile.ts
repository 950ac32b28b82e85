import type { Deps } from '#server/deps.ts';
import type { TileRow } from '#server/repos/studio/library/list-library.ts';
import { cutText } from '#shared/domain/text.ts';
import type { AssetTile } from '#shared/contracts/studio/library/asset-views.ts';

const PROMPT_SHOWN_MAX = 300;

/** A stored asset as its owner sees it. */
export function toAssetTile({ models }: Pick<Deps, 'models'>, row: TileRow): AssetTile {
  const { id, mediaType, width, height, seconds, bytes, thumbhash, origin, prompt, task, model, sharing } = row;
  const url = `/files/${id}`;
  return {
    id,
    url,
    previews: { 64: `${url}/64`, 300: `${url}/300`, 640: `${url}/640` },
    mediaType,
    width,
    height,
    seconds,
    bytes,
    thumbhash: thumbhash && Buffer.from(thumbhash).toString('base64'),
    origin,
    prompt: prompt && cutText(prompt, PROMPT_SHOWN_MAX),
    task,
    model,
    modelLabel: model && (models.find((each) => each.id === model)?.label ?? model),
    sharing,
    isStarred: row.starredAt !== null,
    createdAt: row.createdAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}
