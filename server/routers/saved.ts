import { viewOwnPermission } from '#server/use-cases/accounts/view-own-permission.ts';
import { withdrawPermission } from '#server/use-cases/accounts/withdraw-permission.ts';
import { listenerProcedure, router } from '#server/trpc.ts';
import { duplicateSavedPlaylist } from '#server/use-cases/discovery/saved/duplicate-saved-playlist.ts';
import { editSavedPlaylist } from '#server/use-cases/discovery/saved/edit-saved-playlist.ts';
import { applySavedExport } from '#server/use-cases/discovery/saved/export/apply-saved-export.ts';
import { planSavedExport } from '#server/use-cases/discovery/saved/export/plan-saved-export.ts';
import { showSavedExport } from '#server/use-cases/discovery/saved/export/show-saved-export.ts';
import { viewSavedExports } from '#server/use-cases/discovery/saved/export/view-saved-exports.ts';
import { listSavedPlaylists } from '#server/use-cases/discovery/saved/list-saved-playlists.ts';
import { regenerateSavedPlaylist } from '#server/use-cases/discovery/saved/regenerate-saved-playlist.ts';
import { removeSavedPlaylist } from '#server/use-cases/discovery/saved/remove-saved-playlist.ts';
import { renameSavedPlaylist } from '#server/use-cases/discovery/saved/rename-saved-playlist.ts';
import { restoreSavedVersion } from '#server/use-cases/discovery/saved/restore-saved-version.ts';
import { savePlaylist } from '#server/use-cases/discovery/saved/save-playlist.ts';
import { showSavedPlaylist } from '#server/use-cases/discovery/saved/show-saved-playlist.ts';
import { undoRemoveSavedPlaylist } from '#server/use-cases/discovery/saved/undo-remove-saved-playlist.ts';
import { viewSavedHistory } from '#server/use-cases/discovery/saved/view-saved-history.ts';
import { applySavedExportInput, savedExportInput } from '#shared/contracts/discovery/saved-exports.ts';
import {
  duplicateSavedInput,
  editSavedInput,
  listSavedInput,
  regenerateSavedInput,
  renameSavedInput,
  restoreSavedInput,
  savePlaylistInput,
  savedInput,
  showSavedInput,
} from '#shared/contracts/discovery/saved-playlists.ts';

const read = listenerProcedure.meta({ access: 'listener', rate: 'detail' });
const drawn = listenerProcedure.meta({ access: 'listener', rate: 'preview' });

const asked = listenerProcedure.meta({ access: 'listener', rate: 'vendors' });

/** A listener's playlists on their own Spotify account: plan, preview, send by the plan’s hash, receipt. */
const exportRouter = router({
  plan: asked.input(savedInput).mutation(({ ctx, input, signal }) => planSavedExport(ctx.deps, ctx.actor, { ...input, signal })),
  send: asked.input(applySavedExportInput).mutation(({ ctx, input, signal }) => applySavedExport(ctx.deps, ctx.actor, { ...input, signal })),
  show: read.input(savedExportInput).query(({ ctx, input }) => showSavedExport(ctx.deps, ctx.actor, input)),
  list: read.input(savedInput).query(({ ctx, input }) => viewSavedExports(ctx.deps, ctx.actor, input)),
  permission: read.query(({ ctx }) => viewOwnPermission(ctx.deps, ctx.actor)),
  withdrawPermission: read.mutation(({ ctx }) => withdrawPermission(ctx.deps, ctx.actor)),
});

/** A listener's own playlists. */
export const savedRouter = router({
  export: exportRouter,
  save: listenerProcedure
    .meta({ access: 'listener', rate: 'detail', body: 'list' })
    .input(savePlaylistInput)
    .mutation(({ ctx, input }) => savePlaylist(ctx.deps, ctx.actor, input)),
  list: read.input(listSavedInput).query(({ ctx, input }) => listSavedPlaylists(ctx.deps, ctx.actor, input)),
  show: read.input(showSavedInput).query(({ ctx, input }) => showSavedPlaylist(ctx.deps, ctx.actor, input)),
  rename: read.input(renameSavedInput).mutation(({ ctx, input }) => renameSavedPlaylist(ctx.deps, ctx.actor, input)),
  edit: listenerProcedure
    .meta({ access: 'listener', rate: 'preview', body: 'list' })
    .input(editSavedInput)
    .mutation(({ ctx, input }) => editSavedPlaylist(ctx.deps, ctx.actor, input)),
  history: read.input(savedInput).query(({ ctx, input }) => viewSavedHistory(ctx.deps, ctx.actor, input)),
  restore: read.input(restoreSavedInput).mutation(({ ctx, input }) => restoreSavedVersion(ctx.deps, ctx.actor, input)),
  regenerate: drawn.input(regenerateSavedInput).mutation(({ ctx, input }) => regenerateSavedPlaylist(ctx.deps, ctx.actor, input)),
  duplicate: read.input(duplicateSavedInput).mutation(({ ctx, input }) => duplicateSavedPlaylist(ctx.deps, ctx.actor, input)),
  remove: read.input(savedInput).mutation(({ ctx, input }) => removeSavedPlaylist(ctx.deps, ctx.actor, input)),
  undoRemove: read.input(savedInput).mutation(({ ctx, input }) => undoRemoveSavedPlaylist(ctx.deps, ctx.actor, input)),
});
