import type { StoredPicture, StoredType } from '#drizzle/schema/covers.ts';
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { FittedJpeg } from '#server/providers/cover-ports.ts';
import type { CoverRow } from '#server/repos/covers/covers.ts';
import { readAsset } from '#server/use-cases/studio/read-asset.ts';
import { storeAsset } from '#server/use-cases/studio/store-asset.ts';
import type { CoverTypeWish, CoverView, CoverWords, SetTypeInput } from '#shared/contracts/covers/projects.ts';
import { requestFor } from '#shared/domain/covers/projects/type-request.ts';
import { COVER_JPEG_BYTES_MAX, COVER_SIDE } from '#shared/domain/covers/type/cover-size.ts';
import { AppError } from '#shared/errors.ts';
import { requireOwnCover, stepMissing } from './own-cover.ts';
import { saveFailure, saveStep } from './save-step.ts';
import { viewCover } from './view-cover.ts';

const PATIENCE_MS = 60_000;

/**
 * Sets the title over the picture, proves that it is legible, and writes the finished JPEG. Throws `conflict` without words or picture, and `invalid_input`
 * with the field when the title cannot be set; an earlier finished cover is kept.
 */
export async function setCoverType(
  deps: Deps,
  actor: Actor,
  { coverId, signal: callerSignal, ...wish }: SetTypeInput & { readonly signal?: AbortSignal | undefined },
): Promise<CoverView> {
  const cover = await requireOwnCover(deps, actor, coverId);
  const { words } = cover;
  const picture = cover.pictures.find(({ assetId }) => assetId === cover.pictureAssetId);
  if (!picture) throw stepMissing('This cover has no picture yet.', 'Draw or choose a picture first.');
  const isSet = wish.title ?? !picture.drawn?.isType;
  if (isSet && !words) throw stepMissing('This cover has no title yet.', 'Choose or enter a title first.');
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const signal = callerSignal ? AbortSignal.any([callerSignal, limit]) : limit;
  try {
    const { bytes: file } = await readAsset(deps, actor, picture.assetId);
    const made = isSet && words ? await typeset(deps, { file, words, picture, cover, wish, signal }) : await plain(deps, { file, wish });
    const asset = await storeAsset(deps, actor, {
      bytes: made.jpeg.bytes,
      mediaType: 'image/jpeg',
      width: COVER_SIDE,
      height: COVER_SIDE,
      seed: null,
    });
    const change = () => ({ type: made.type, resultAssetId: asset });
    await saveStep(deps, actor, { coverId, step: 'type', startedFrom: cover.revision, change });
  } catch (error) {
    if (error instanceof AppError) await saveFailure(deps, actor, { coverId, step: 'type', error });
    throw error;
  }
  return viewCover(deps, actor, { coverId });
}

interface Made {
  readonly jpeg: FittedJpeg;
  readonly type: StoredType;
}

interface Typesetting {
  readonly file: Uint8Array;
  readonly words: CoverWords;
  readonly picture: StoredPicture;
  readonly cover: CoverRow;
  readonly wish: CoverTypeWish;
  readonly signal: AbortSignal;
}

async function typeset(deps: Pick<Deps, 'coverType'>, { file, words, picture, cover, wish, signal }: Typesetting): Promise<Made> {
  const palette = picture.drawn?.palette ?? words.paletteId ?? cover.analysis?.analysis.palette?.id ?? null;
  const request = requestFor({ words, wish, palette, room: picture.drawn?.room[0] });
  const { jpeg, plan, report } = await deps.coverType.typeset(file, request, signal);
  return { jpeg, type: { wish, plan, report } };
}

async function plain(deps: Pick<Deps, 'coverFiles'>, { file, wish }: Pick<Typesetting, 'file' | 'wish'>): Promise<Made> {
  const square = await deps.coverFiles.decodeSquare(file, COVER_SIDE);
  const jpeg = await deps.coverFiles.fitJpeg(square, { bytesMax: COVER_JPEG_BYTES_MAX });
  return { jpeg, type: { wish, plan: null, report: null } };
}
