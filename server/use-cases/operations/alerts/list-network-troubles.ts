import type { Deps } from '#server/deps.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import { listAccountStates } from '#server/repos/scaling/scaling-facts.ts';
import { listPlaylistFacts } from '#server/repos/sync/playlist-facts.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';
import { dayOf } from '#shared/domain/days.ts';

/** Lists that could not be filled today, a network without an account, and albums that did not come in. */
export async function listNetworkTroubles(deps: Pick<Deps, 'db' | 'now'>): Promise<Trouble[]> {
  const today = dayOf(deps.now());
  const [facts, sources, accounts] = await Promise.all([
    listPlaylistFacts(deps.db, today),
    countSourcesByStatus(deps.db),
    listAccountStates(deps.db),
  ]);
  const troubles = facts
    .filter((row) => row.status === 'active' && row.today === 'unfilled')
    .map((row): Trouble => {
      const detail = row.shortfall?.[0] ?? 'Its rules leave too few recordings.';
      return {
        key: `playlist:${row.index}:unfilled`,
        level: 'critical',
        what: `“${row.themeTag}” #${row.index} could not be filled`,
        detail: row.lastSyncedDay ? `${detail} The earlier list is still online.` : detail,
        action: { label: 'See the rules', href: `/playlist/${row.index}` },
      };
    });
  if (facts.length > 0 && accounts.every((account) => account.isDisconnected)) {
    troubles.push({
      key: 'accounts:none',
      level: 'critical',
      what: 'No Spotify account carries the playlists',
      detail: 'Connect one, and the next sync creates them.',
      action: { label: 'Connect an account', href: '/admin/accounts' },
    });
  }
  if (sources.failed > 0) {
    troubles.push({
      key: 'intake:failed',
      level: 'warning',
      what: sources.failed === 1 ? 'One album did not come in' : `${sources.failed} albums did not come in`,
      detail: 'Each line says why and what to do.',
      action: { label: `Review ${sources.failed}`, href: '/admin/intake?status=failed' },
    });
  }
  return troubles;
}
