import { adminProcedure, publicProcedure, router } from '#server/trpc.ts';
import { certifySnapshot } from '#server/use-cases/playlists/certify-snapshot.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { diffDays } from '#server/use-cases/playlists/history/diff-days.ts';
import { previewRollback } from '#server/use-cases/playlists/history/preview-rollback.ts';
import { endRollback, rollBack } from '#server/use-cases/playlists/history/roll-back.ts';
import { viewHistory } from '#server/use-cases/playlists/history/view-history.ts';
import { listPlaylistRows } from '#server/use-cases/playlists/list-playlist-rows.ts';
import { searchRecordings } from '#server/use-cases/playlists/search-recordings.ts';
import { viewNetwork } from '#server/use-cases/playlists/view-network.ts';
import { viewPlaylistTrends } from '#server/use-cases/playlists/view-playlist-trends.ts';
import { viewPlaylist } from '#server/use-cases/playlists/view-playlist.ts';
import { whyNot } from '#server/use-cases/playlists/why-not.ts';
import {
  certificateInput,
  confirmRollbackInput,
  diffDaysInput,
  findRecordingsInput,
  playlistInput,
  playlistPageInput,
  playlistTrendsInput,
  rollbackInput,
  whyNotInput,
} from '#shared/contracts/playlists/network.ts';
import { createPlaylistsInput } from '#shared/contracts/playlists/playlists.ts';

const detailProcedure = publicProcedure.meta({ rate: 'detail' });

/** The public pages: playlists and their history, why each track is included, and the proof that nothing repeats. */
export const playlistsRouter = router({
  overview: publicProcedure.query(({ ctx }) => viewNetwork(ctx.deps)),
  playlist: publicProcedure.input(playlistPageInput).query(({ ctx, input }) => viewPlaylist(ctx.deps, input)),
  trends: detailProcedure.input(playlistTrendsInput).query(({ ctx, input }) => viewPlaylistTrends(ctx.deps, input)),
  certificate: detailProcedure.input(certificateInput).query(({ ctx, input }) => certifySnapshot(ctx.deps, input)),
  whyNot: detailProcedure.input(whyNotInput).query(({ ctx, input }) => whyNot(ctx.deps, input)),
  findRecordings: publicProcedure
    .meta({ rate: 'search' })
    .input(findRecordingsInput)
    .query(({ ctx, input }) => searchRecordings(ctx.deps, input)),
  history: detailProcedure.input(playlistInput).query(({ ctx, input }) => viewHistory(ctx.deps, input)),
  diffDays: detailProcedure.input(diffDaysInput).query(({ ctx, input }) => diffDays(ctx.deps, input)),
});

/** The operator's view of the playlists, and rollback to an earlier day. */
export const adminPlaylistsRouter = router({
  list: adminProcedure.query(({ ctx }) => listPlaylistRows(ctx.deps, ctx.actor)),
  create: adminProcedure.input(createPlaylistsInput).mutation(({ ctx, input }) => createPlaylists(ctx.deps, ctx.actor, input)),
  previewRollback: adminProcedure.input(rollbackInput).query(({ ctx, input }) => previewRollback(ctx.deps, ctx.actor, input)),
  rollBack: adminProcedure.input(confirmRollbackInput).mutation(({ ctx, input }) => rollBack(ctx.deps, ctx.actor, input)),
  endRollback: adminProcedure.input(playlistInput).mutation(({ ctx, input }) => endRollback(ctx.deps, ctx.actor, { index: input.index })),
});
