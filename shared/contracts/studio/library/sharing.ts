import { z } from 'zod';
import { assetId, collectionId, userId } from '#shared/ids.ts';
import type { AssetId } from '#shared/ids.ts';
import { patternInput, playlistIndexInput, wholeInput } from '#shared/input-types.ts';
import { SHARINGS } from '#shared/vocabulary.ts';
import type { Sharing } from '#shared/vocabulary.ts';
import { bulkAssetsInput } from './assets.ts';

const code = patternInput(/^[0-9A-Za-z_-]{8,64}$/, 'is not the end of a shared address');

export const shareAssetsInput = z.strictObject({ ids: bulkAssetsInput.shape.ids, sharing: z.enum(SHARINGS) });
export type ShareAssetsInput = z.infer<typeof shareAssetsInput>;

export const shareCollectionInput = z.strictObject({ id: collectionId, sharing: z.enum(SHARINGS) });
export type ShareCollectionInput = z.infer<typeof shareCollectionInput>;

/** The last part of a shared address: the token of an asset or a collection, or the code of a short link. */
export const viewSharedInput = z.strictObject({ token: code });
export type ViewSharedInput = z.infer<typeof viewSharedInput>;

export const viewMakerInput = z.strictObject({ maker: z.union([z.literal('operator'), userId]) });
export type ViewMakerInput = z.infer<typeof viewMakerInput>;

/** What a short link leads to. */
const shortLinkTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('asset'), id: assetId }),
  z.strictObject({ kind: z.literal('collection'), id: collectionId }),
  z.strictObject({ kind: z.literal('playlist'), index: playlistIndexInput }),
]);

export const createShortLinkInput = z.strictObject({
  target: shortLinkTarget,
  /** Without it the link does not expire. */
  expiresInDays: wholeInput(1, 3_650).optional(),
});
export type CreateShortLinkInput = z.infer<typeof createShortLinkInput>;

export const shortLinkInput = z.strictObject({ code });
export type ShortLinkInput = z.infer<typeof shortLinkInput>;

export const listShortLinksInput = z.strictObject({ target: shortLinkTarget.optional() });
export type ListShortLinksInput = z.infer<typeof listShortLinksInput>;

/** Who may see something now, and its address; null while it is private. */
export interface SharingView {
  readonly sharing: Sharing;
  readonly url: string | null;
  /** The page that lists it with everything else of its maker that is public; null unless it is. */
  readonly makerUrl: string | null;
}

/** Several things that are shared together. */
export interface SharedSeveral extends SharingView {
  readonly count: number;
  /** The address of each; empty while they are private. */
  readonly urls: readonly string[];
}

/** A short link of the caller's own. */
export interface ShortLinkView {
  readonly code: string;
  readonly url: string;
  readonly target: z.infer<typeof shortLinkTarget>;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly state: 'active' | 'expired' | 'revoked';
  /** How often it was followed. */
  readonly clicks: number;
}

/** A picture or video as a stranger sees it: without prompt and settings. The addresses work until `expiresAt` of the page. */
export interface SharedAsset {
  readonly id: AssetId;
  readonly url: string;
  readonly previews: { readonly 64: string; readonly 300: string; readonly 640: string };
  readonly downloadUrl: string;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly bytes: number;
  readonly thumbhash: string | null;
  readonly createdAt: string;
}

export interface SharedView {
  readonly kind: 'asset' | 'collection';
  /** Of a collection. */
  readonly name: string | null;
  readonly assets: readonly SharedAsset[];
  /** When the link ends; null when it does not. */
  readonly endsAt: string | null;
  /** Until when the addresses of the files work. */
  readonly expiresAt: string;
}

/** What a person shows to everybody. */
export interface MakerView {
  readonly name: string;
  readonly assets: readonly SharedAsset[];
  /** Those that show something. */
  readonly collections: readonly {
    readonly name: string;
    readonly url: string;
    readonly count: number;
    /** Its newest picture or video. */
    readonly newest: SharedAsset;
  }[];
  readonly expiresAt: string;
}
