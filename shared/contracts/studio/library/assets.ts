import { z } from 'zod';
import { assetId, collectionId } from '#shared/ids.ts';
import { instantInput, nameInput, textInput, trimmedInput, wholeInput } from '#shared/input-types.ts';
import { ASSET_ORIGINS, COLOR_WORDS, STUDIO_TASKS } from '#shared/vocabulary.ts';

/** As many as one bulk action changes. */
const BULK_MAX = 500;

const idsInput = z.array(assetId).min(1, 'names nothing').max(BULK_MAX, `takes at most ${BULK_MAX}`);
/** Values of a filter, of which one is enough. */
const anyOf = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(50).optional();

const filterFields = {
  /** Words of the prompt; all must occur. The beginning of a word is enough. */
  search: trimmedInput(200).optional(),
  tasks: anyOf(z.enum(STUDIO_TASKS)),
  models: anyOf(nameInput(80)),
  /** Ids of LoRAs. */
  loras: anyOf(textInput(80)),
  /** All of these must be main colors. */
  colors: z.array(z.enum(COLOR_WORDS)).min(1).max(COLOR_WORDS.length).optional(),
  kind: z.enum(['image', 'video']).optional(),
  origins: anyOf(z.enum(ASSET_ORIGINS)),
  since: instantInput.optional(),
  /** Exclusive. */
  until: instantInput.optional(),
  starred: z.boolean('must be on or off').optional(),
  collectionId: collectionId.optional(),
  /** True for what was deleted and can be restored. */
  deleted: z.boolean('must be on or off').default(false),
};

export type AssetFilter = z.infer<z.ZodObject<typeof filterFields>>;

export const listAssetsInput = z.strictObject({
  ...filterFields,
  /** `nextCursor` of the page before. */
  cursor: z
    .strictObject({ createdAt: instantInput, id: assetId, /** How the page before was found. */ matching: z.enum(['words', 'similar']) })
    .optional(),
  limit: wholeInput(1, 200).default(60),
});
export type ListAssetsInput = z.infer<typeof listAssetsInput>;

export const assetInput = z.strictObject({ id: assetId });
export type AssetInput = z.infer<typeof assetInput>;

export const bulkAssetsInput = z.strictObject({ ids: idsInput });
export type BulkAssetsInput = z.infer<typeof bulkAssetsInput>;

export const archiveAssetsInput = z.strictObject({ ids: idsInput, recipe: z.boolean('must be on or off') });
export type ArchiveAssetsInput = z.infer<typeof archiveAssetsInput>;

export const starAssetsInput = z.strictObject({ ids: idsInput, starred: z.boolean('must be on or off') });
export type StarAssetsInput = z.infer<typeof starAssetsInput>;

export const remixAssetInput = z.strictObject({
  id: assetId,
  /** Another model; without it the same one. */
  model: nameInput(80, 'Choose a model.').optional(),
});
export type RemixAssetInput = z.infer<typeof remixAssetInput>;

const SIDE_MAX = 20_000;

/** A part in pixels of the upright picture, the width of the result, or both. */
export const editAssetInput = z
  .strictObject({
    id: assetId,
    crop: z
      .strictObject({
        left: wholeInput(0, SIDE_MAX),
        top: wholeInput(0, SIDE_MAX),
        width: wholeInput(1, SIDE_MAX),
        height: wholeInput(1, SIDE_MAX),
      })
      .optional(),
    width: wholeInput(16, SIDE_MAX).optional(),
  })
  .refine(({ crop, width }) => crop !== undefined || width !== undefined, { message: 'Give a part, a width, or both', path: ['crop'] });
export type EditAssetInput = z.infer<typeof editAssetInput>;
