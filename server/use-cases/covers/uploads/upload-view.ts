import type { Deps } from '#server/deps.ts';
import type { CoverUpload } from '#server/repos/covers/cover-uploads.ts';
import type { UploadView } from '#shared/contracts/covers/uploads.ts';

/** An upload as a person sees it. */
export function uploadView({ settings }: Pick<Deps, 'settings'>, upload: CoverUpload): UploadView {
  const { plan, receipt } = upload;
  const back = upload.coverId === null ? '/covers' : `/covers/${upload.coverId}`;
  const isAuthorize = plan.problem?.kind === 'authorize' && upload.accountId !== null;
  return {
    id: upload.id,
    coverId: upload.coverId,
    hash: upload.hash,
    state: upload.state,
    playlist: {
      spotifyId: upload.spotifyPlaylistId,
      name: plan.playlistName,
      url: `${settings.spotifyWebUrl}/playlist/${upload.spotifyPlaylistId}`,
      account: plan.accountName,
    },
    isRestore: plan.isRestore,
    before: { shows: plan.before.shows, url: plan.before.assetId && `/files/${plan.before.assetId}` },
    after: { url: `/files/${plan.after.assetId}`, bytes: plan.after.bytes, sha256: plan.after.sha256 },
    says: plan.says,
    problem: plan.problem && {
      ...plan.problem,
      authorizeUrl: isAuthorize ? `/auth/spotify/connect?account=${upload.accountId}&returnTo=${encodeURIComponent(back)}` : null,
    },
    plannedAt: upload.plannedAt.toISOString(),
    receipt: receipt && { sentAt: receipt.sentAt, shownAt: receipt.shownAt, checkedAt: receipt.checkedAt, says: receipt.says },
    canRestore: receipt !== null && plan.before.assetId !== null,
  };
}
