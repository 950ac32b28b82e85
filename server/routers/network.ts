import { publicProcedure, router } from '#server/trpc.ts';
import { certifySnapshot } from '#server/use-cases/playlists/certify-snapshot.ts';
import { searchRecordings } from '#server/use-cases/playlists/search-recordings.ts';
import { viewNetwork } from '#server/use-cases/playlists/view-network.ts';
import { viewPlaylistTrends } from '#server/use-cases/playlists/view-playlist-trends.ts';
import { viewPlaylist } from '#server/use-cases/playlists/view-playlist.ts';
import { whyNot } from '#server/use-cases/playlists/why-not.ts';
import { certificateInput, findRecordingsInput, playlistTrendsInput, playlistInput, whyNotInput } from '#shared/contracts/playlists/network.ts';

/** The public pages: playlists, why each track is included, and the proof that nothing repeats. */
export const networkRouter = router({
  overview: publicProcedure.query(({ ctx }) => viewNetwork(ctx.deps)),
  playlist: publicProcedure.input(playlistInput).query(({ ctx, input }) => viewPlaylist(ctx.deps, input)),
  overDays: publicProcedure.input(playlistTrendsInput).query(({ ctx, input }) => viewPlaylistTrends(ctx.deps, input)),
  certificate: publicProcedure.input(certificateInput).query(({ ctx, input }) => certifySnapshot(ctx.deps, input)),
  whyNot: publicProcedure.input(whyNotInput).query(({ ctx, input }) => whyNot(ctx.deps, input)),
  findRecordings: publicProcedure.input(findRecordingsInput).query(({ ctx, input }) => searchRecordings(ctx.deps, input)),
});
