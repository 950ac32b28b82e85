import { adminProcedure, router } from '#server/trpc.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { listPlaylistRows } from '#server/use-cases/playlists/list-playlist-rows.ts';
import { createPlaylistsInput } from '#shared/contracts/playlists/playlists.ts';

/** The operator's view of the playlists. */
export const playlistsRouter = router({
  list: adminProcedure.query(({ ctx }) => listPlaylistRows(ctx.deps, ctx.actor)),
  create: adminProcedure.input(createPlaylistsInput).mutation(({ ctx, input }) => createPlaylists(ctx.deps, ctx.actor, input)),
});
