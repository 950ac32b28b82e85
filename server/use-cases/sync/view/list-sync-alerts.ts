import type { Deps } from '#server/deps.ts';
import { listWaitingDryRuns } from '#server/repos/sync/dry-runs.ts';
import { listOpenFindings } from '#server/repos/sync/remote-findings.ts';
import { listLostReplicas, listPrivateReplicas } from '#server/repos/sync/replicas.ts';
import type { Alert } from '#shared/contracts/alerts.ts';

const SYNC = '/admin/sync';

/**
 * Sync alerts: days that wait for approval, playlists deleted or made private on Spotify, and playlists on accounts that the ledger does not know.
 */
export async function listSyncAlerts(deps: Pick<Deps, 'db'>): Promise<Alert[]> {
  const [waiting, findings, lost, hidden] = await Promise.all([
    listWaitingDryRuns(deps.db),
    listOpenFindings(deps.db),
    listLostReplicas(deps.db),
    listPrivateReplicas(deps.db),
  ]);
  return [
    ...waiting.map(({ day, exceeds }): Alert => ({
      key: `sync:waiting:${day}`,
      level: 'critical',
      what: `The sync of ${day} needs approval`,
      detail: `${exceeds.join(' ')} Nothing is written until you approve it.`,
      action: { label: 'Open the plan', href: `${SYNC}?day=${day}` },
    })),
    ...lost.map((one): Alert => ({
      key: `sync:lost:${one.replicaId}`,
      level: 'warning',
      what: `Playlist #${one.playlistIndex} was deleted from ${one.account}`,
      detail: 'It was deleted on Spotify and is no longer synced. Plan its sync to create it again.',
      action: { label: 'Plan the sync', href: SYNC },
    })),
    ...hidden.map((one): Alert => ({
      key: `sync:private:${one.replicaId}`,
      level: 'info',
      what: `Playlist #${one.playlistIndex} is private on ${one.account}`,
      detail: 'It was made private on Spotify. It is still synced, and stays private until you make it public again on the sync page.',
      action: { label: 'Make it public', href: SYNC },
    })),
    ...findings
      .filter(({ finding }) => finding.kind !== 'missing')
      .map(({ finding, account }): Alert => ({
        key: `sync:${finding.kind}:${finding.spotifyPlaylistId}`,
        level: 'warning',
        what: finding.kind === 'duplicate' ? `Duplicate playlist on ${account}` : `Unknown playlist on ${account}`,
        detail: `“${finding.name}”: ${finding.detail} Remove it on the sync page, or check it on Spotify.`,
        action: { label: 'Resolve it', href: SYNC },
      })),
  ];
}
