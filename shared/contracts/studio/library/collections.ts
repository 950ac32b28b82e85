import { z } from 'zod';
import { assetId, collectionId } from '#shared/ids.ts';
import type { AssetId, CollectionId } from '#shared/ids.ts';
import { nameInput } from '#shared/input-types.ts';
import { bulkAssetsInput } from './assets.ts';
import type { SharingView } from './sharing.ts';

const name = nameInput(80, 'Give the collection a name.');

/** A new collection, with its first assets. */
export const createCollectionInput = z.strictObject({ name, ids: z.array(assetId).max(500).default([]) });
export type CreateCollectionInput = z.infer<typeof createCollectionInput>;

export const renameCollectionInput = z.strictObject({ id: collectionId, name });
export type RenameCollectionInput = z.infer<typeof renameCollectionInput>;

export const collectionInput = z.strictObject({ id: collectionId });
export type CollectionInput = z.infer<typeof collectionInput>;

export const collectAssetsInput = z.strictObject({ id: collectionId, ids: bulkAssetsInput.shape.ids });
export type CollectAssetsInput = z.infer<typeof collectAssetsInput>;

/** A collection in the list. */
export interface CollectionView extends SharingView {
  readonly id: CollectionId;
  readonly name: string;
  /** Without deleted assets. */
  readonly count: number;
  /** The newest of its assets; null when it is empty. */
  readonly coverAsset: AssetId | null;
  readonly changedAt: string;
}
