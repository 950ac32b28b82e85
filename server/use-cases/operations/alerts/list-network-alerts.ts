import type { Deps } from '#server/deps.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import { listAccountStates } from '#server/repos/sync/hosting-facts.ts';
import { listPlaylistFacts } from '#server/repos/sync/playlist-facts.ts';
import type { Alert } from '#shared/contracts/alerts.ts';
import { dayOf } from '#shared/domain/days.ts';

/** Network alerts: playlists that could not be filled today, no connected account, and failed imports. */
export async function listNetworkAlerts(deps: Pick<Deps, 'db' | 'now'>): Promise<Alert[]> {
  const today = dayOf(deps.now());
  const [facts, sources, accounts] = await Promise.all([
    listPlaylistFacts(deps.db, today),
    countSourcesByStatus(deps.db),
    listAccountStates(deps.db),
  ]);
  const alerts = facts
    .filter((row) => row.status === 'active' && row.today === 'unfilled')
    .map((row): Alert => {
      const detail = row.shortfall?.[0] ?? 'Too few recordings meet its rules.';
      return {
        key: `playlist:${row.index}:unfilled`,
        level: 'critical',
        what: `“${row.themeTag}” #${row.index} could not be filled`,
        detail: row.lastSyncedDay ? `${detail} Spotify still shows the earlier list.` : detail,
        action: { label: 'Show the rules', href: `/playlist/${row.index}` },
      };
    });
  if (facts.length > 0 && accounts.every((account) => account.isDisconnected)) {
    alerts.push({
      key: 'accounts:none',
      level: 'critical',
      what: 'No Spotify account is connected',
      detail: 'Connect one; the next sync creates the playlists there.',
      action: { label: 'Connect an account', href: '/admin/accounts' },
    });
  }
  if (sources.failed > 0) {
    alerts.push({
      key: 'intake:failed',
      level: 'warning',
      what: sources.failed === 1 ? '1 album was not imported' : `${sources.failed} albums were not imported`,
      detail: 'Each line shows the reason and what to do.',
      action: { label: `Review ${sources.failed}`, href: '/admin/intake?status=failed' },
    });
  }
  return alerts;
}
