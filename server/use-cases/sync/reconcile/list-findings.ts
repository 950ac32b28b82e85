import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listOpenFindings } from '#server/repos/sync/remote-findings.ts';
import { listOpenUnfollows } from '#server/repos/sync/unfollow-plans.ts';
import type { RemoteFindingView } from '#shared/contracts/sync/remote-findings.ts';

/** Playlists that exist only on Spotify or only in the ledger, each with the plan that would resolve it. */
export async function listFindings(deps: Pick<Deps, 'db' | 'settings'>, actor: Actor): Promise<RemoteFindingView[]> {
  requireAdmin(actor);
  const [findings, plans] = await Promise.all([listOpenFindings(deps.db), listOpenUnfollows(deps.db)]);
  const planOf = new Map(plans.map(({ id, hash, spotifyPlaylistId }) => [spotifyPlaylistId, { id, hash }]));
  return findings.map(({ finding, account, playlistIndex, themeTag }) => ({
    kind: finding.kind,
    account,
    spotifyPlaylistId: finding.spotifyPlaylistId,
    spotifyUrl: `${deps.settings.spotifyWebUrl}/playlist/${finding.spotifyPlaylistId}`,
    name: finding.name,
    detail: finding.detail,
    playlistIndex,
    themeTag,
    firstSeenAt: finding.firstSeenAt.toISOString(),
    lastSeenAt: finding.lastSeenAt.toISOString(),
    plan: finding.kind === 'missing' ? null : (planOf.get(finding.spotifyPlaylistId) ?? null),
  }));
}
