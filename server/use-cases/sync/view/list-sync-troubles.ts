import type { Deps } from '#server/deps.ts';
import { listWaitingDryRuns } from '#server/repos/sync/dry-runs.ts';
import { listOpenFindings } from '#server/repos/sync/remote-findings.ts';
import { listLostReplicas, listPrivateReplicas } from '#server/repos/sync/replicas.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';

const SYNC = '/admin/sync';

/** What of sync needs a person: days that wait, playlists that are gone or were made private, and what the accounts show and the ledger does not. */
export async function listSyncTroubles(deps: Pick<Deps, 'db'>): Promise<Trouble[]> {
  const [waiting, findings, lost, hidden] = await Promise.all([
    listWaitingDryRuns(deps.db),
    listOpenFindings(deps.db),
    listLostReplicas(deps.db),
    listPrivateReplicas(deps.db),
  ]);
  return [
    ...waiting.map(({ day, exceeds }): Trouble => ({
      key: `sync:waiting:${day}`,
      level: 'critical',
      what: `The sync of ${day} waits for approval`,
      detail: `${exceeds.join(' ')} Nothing of it is written until somebody has looked at it.`,
      action: { label: 'Look and approve', href: `${SYNC}?day=${day}` },
    })),
    ...lost.map((one): Trouble => ({
      key: `sync:lost:${one.replicaId}`,
      level: 'warning',
      what: `Playlist #${one.playlistIndex} is gone from ${one.account}`,
      detail: 'Somebody deleted it on Spotify. Nothing is written for it; plan it by hand to have it created anew.',
      action: { label: 'Plan it anew', href: SYNC },
    })),
    ...hidden.map((one): Trouble => ({
      key: `sync:private:${one.replicaId}`,
      level: 'info',
      what: `Playlist #${one.playlistIndex} is private on ${one.account}`,
      detail: 'Somebody made it private. It is kept up to date and stays private until you open it again on the sync page.',
      action: { label: 'Open it again', href: SYNC },
    })),
    ...findings
      .filter(({ finding }) => finding.kind !== 'missing')
      .map(({ finding, account }): Trouble => ({
        key: `sync:${finding.kind}:${finding.spotifyPlaylistId}`,
        level: 'warning',
        what: finding.kind === 'duplicate' ? `A playlist stands twice on ${account}` : `A playlist on ${account} belongs to nothing here`,
        detail: `“${finding.name}”: ${finding.detail} Take it off on the sync page, or look at it on Spotify.`,
        action: { label: 'Settle it', href: SYNC },
      })),
  ];
}
