import { publicProcedure, router, signedInProcedure } from '#server/trpc.ts';
import { collectAssets } from '#server/use-cases/studio/library/collections/collect-assets.ts';
import { createCollection } from '#server/use-cases/studio/library/collections/create-collection.ts';
import { discardAssets } from '#server/use-cases/studio/library/collections/discard-assets.ts';
import { listCollections } from '#server/use-cases/studio/library/collections/list-collections.ts';
import { removeCollection } from '#server/use-cases/studio/library/collections/remove-collection.ts';
import { renameCollection } from '#server/use-cases/studio/library/collections/rename-collection.ts';
import { editAsset } from '#server/use-cases/studio/library/edit-asset.ts';
import { listAssets } from '#server/use-cases/studio/library/list-assets.ts';
import { listFacets } from '#server/use-cases/studio/library/list-facets.ts';
import { previewDeletion } from '#server/use-cases/studio/library/preview-deletion.ts';
import { remixAsset } from '#server/use-cases/studio/library/remix-asset.ts';
import { removeAssets } from '#server/use-cases/studio/library/remove-assets.ts';
import { restoreAssets } from '#server/use-cases/studio/library/restore-assets.ts';
import { starAssets } from '#server/use-cases/studio/library/star-assets.ts';
import { viewAsset } from '#server/use-cases/studio/library/view-asset.ts';
import { viewMask } from '#server/use-cases/studio/masks/view-mask.ts';
import { shareAssets } from '#server/use-cases/studio/sharing/share-assets.ts';
import { shareCollection } from '#server/use-cases/studio/sharing/share-collection.ts';
import { viewMaker } from '#server/use-cases/studio/sharing/view-maker.ts';
import { viewShared } from '#server/use-cases/studio/sharing/view-shared.ts';
import { viewSharing } from '#server/use-cases/studio/sharing/view-sharing.ts';
import { createShortLink } from '#server/use-cases/studio/short-links/create-short-link.ts';
import { listShortLinks } from '#server/use-cases/studio/short-links/list-short-links.ts';
import { revokeShortLink } from '#server/use-cases/studio/short-links/revoke-short-link.ts';
import {
  createShortLinkInput,
  listShortLinksInput,
  shareAssetsInput,
  shareCollectionInput,
  shortLinkInput,
  viewMakerInput,
  viewSharedInput,
} from '#shared/contracts/studio/library/sharing.ts';
import {
  assetInput,
  bulkAssetsInput,
  editAssetInput,
  listAssetsInput,
  remixAssetInput,
  starAssetsInput,
} from '#shared/contracts/studio/library/assets.ts';
import { maskInput } from '#shared/contracts/studio/masks.ts';
import { collectAssetsInput, collectionInput, createCollectionInput, renameCollectionInput } from '#shared/contracts/studio/library/collections.ts';

/** Decodes and writes a picture. */
const stored = signedInProcedure.meta({ access: 'listener', rate: 'vendors' });
const stranger = publicProcedure.meta({ rate: 'detail' });
const own = signedInProcedure.meta({ access: 'listener', rate: 'detail' });

const collectionsRouter = router({
  list: own.query(({ ctx }) => listCollections(ctx.deps, ctx.actor)),
  create: own.input(createCollectionInput).mutation(({ ctx, input }) => createCollection(ctx.deps, ctx.actor, input)),
  rename: own.input(renameCollectionInput).mutation(({ ctx, input }) => renameCollection(ctx.deps, ctx.actor, input)),
  remove: own.input(collectionInput).mutation(({ ctx, input }) => removeCollection(ctx.deps, ctx.actor, input)),
  collect: own.input(collectAssetsInput).mutation(({ ctx, input }) => collectAssets(ctx.deps, ctx.actor, input)),
  discard: own.input(collectAssetsInput).mutation(({ ctx, input }) => discardAssets(ctx.deps, ctx.actor, input)),
});

/** Who may see what, and what a shared address shows to anybody. */
const sharingRouter = router({
  view: own.input(assetInput).query(({ ctx, input }) => viewSharing(ctx.deps, ctx.actor, input)),
  share: own.input(shareAssetsInput).mutation(({ ctx, input }) => shareAssets(ctx.deps, ctx.actor, input)),
  shareCollection: own.input(shareCollectionInput).mutation(({ ctx, input }) => shareCollection(ctx.deps, ctx.actor, input)),
  open: stranger.input(viewSharedInput).query(({ ctx, input }) => viewShared(ctx.deps, input)),
  maker: stranger.input(viewMakerInput).query(({ ctx, input }) => viewMaker(ctx.deps, input)),
});

const shortLinksRouter = router({
  list: own.input(listShortLinksInput).query(({ ctx, input }) => listShortLinks(ctx.deps, ctx.actor, input)),
  create: own.input(createShortLinkInput).mutation(({ ctx, input }) => createShortLink(ctx.deps, ctx.actor, input)),
  revoke: own.input(shortLinkInput).mutation(({ ctx, input }) => revokeShortLink(ctx.deps, ctx.actor, input)),
});

/** The caller's own library. */
export const assetsRouter = router({
  list: own.input(listAssetsInput).query(({ ctx, input }) => listAssets(ctx.deps, ctx.actor, input)),
  facets: own.query(({ ctx }) => listFacets(ctx.deps, ctx.actor)),
  view: own.input(assetInput).query(({ ctx, input }) => viewAsset(ctx.deps, ctx.actor, input)),
  star: own.input(starAssetsInput).mutation(({ ctx, input }) => starAssets(ctx.deps, ctx.actor, input)),
  remix: own.input(remixAssetInput).query(({ ctx, input }) => remixAsset(ctx.deps, ctx.actor, input)),
  mask: own.input(maskInput).query(({ ctx, input }) => viewMask(ctx.deps, ctx.actor, input)),
  edit: stored.input(editAssetInput).mutation(({ ctx, input }) => editAsset(ctx.deps, ctx.actor, input)),
  previewDeletion: own.input(bulkAssetsInput).mutation(({ ctx, input }) => previewDeletion(ctx.deps, ctx.actor, input)),
  remove: own.input(bulkAssetsInput).mutation(({ ctx, input }) => removeAssets(ctx.deps, ctx.actor, input)),
  restore: own.input(bulkAssetsInput).mutation(({ ctx, input }) => restoreAssets(ctx.deps, ctx.actor, input)),
  collections: collectionsRouter,
  sharing: sharingRouter,
  shortLinks: shortLinksRouter,
});
