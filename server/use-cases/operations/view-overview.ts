import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import { listRuns, listRunsOfDay } from '#server/repos/operations/job-runs.ts';
import { listLatestSnapshots } from '#server/repos/playlists/network-views.ts';
import { listPlaylistFacts } from '#server/repos/sync/playlist-facts.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { toRunView } from './jobs/list-runs.ts';
import type { OverviewView } from '#shared/contracts/operations/overview.ts';
import { dayOf } from '#shared/domain/days.ts';
import { listCurrentAlerts } from './alerts/list-current-alerts.ts';
import type { WatchDeps } from './alerts/list-current-alerts.ts';
import { listRemainingSupply } from './list-remaining-supply.ts';
import { listDayStages, listNextRuns } from './schedule/schedule.ts';

const RUNS_READ = 20;

/** The operator's overview: whether today is done, open alerts with their actions, upcoming runs, and supplies that run out. */
export async function viewOverview(deps: WatchDeps, actor: Actor): Promise<OverviewView> {
  requireAdmin(actor);
  const now = deps.now();
  const today = dayOf(now);
  const [facts, latestRuns, runs, sources, accounts, playlists, snapshots, alerts] = await Promise.all([
    listPlaylistFacts(deps.db, today),
    listRunsOfDay(deps.db, today),
    listRuns(deps.db, RUNS_READ),
    countSourcesByStatus(deps.db),
    listAccounts(deps, actor),
    listPlaylists(deps.db, { status: 'active' }),
    listLatestSnapshots(deps.db, today),
    listCurrentAlerts(deps),
  ]);
  const active = facts.filter((row) => row.status === 'active');
  const full = active.filter((row) => row.today === 'published').length;
  const synced = active.filter((row) => row.lastSyncedDay === today).length;
  return {
    summary: summarizeToday({ playlists: active.length, full, synced, isHeld: alerts.some(({ key }) => key === `sync:waiting:${today}`) }),
    today,
    now: now.toISOString(),
    detail: `${amount(full)} of ${amount(active.length)} playlists full, ${amount(synced)} written and read back`,
    steps: listDayStages(latestRuns, now),
    alerts: alerts,
    upcoming: listNextRuns(now, { playlists: active.length, queued: sources.queued }),
    runningOut: listRemainingSupply({ playlists, snapshots, accounts, now }),
    runningJobs: runs.filter((run) => run.status === 'running').map(toRunView),
  };
}

interface DayProgress {
  readonly playlists: number;
  readonly full: number;
  readonly synced: number;
  /** The day's sync waits for approval. */
  readonly isHeld: boolean;
}

/** Whether today is done, as one sentence that names the smaller number: missing or done playlists. */
export function summarizeToday({ playlists, full, synced, isHeld }: DayProgress): string {
  if (playlists === 0) return 'No playlists yet.';
  const done = Math.min(full, synced);
  const missing = playlists - done;
  if (missing === 0) return 'Today is done.';
  if (isHeld) return 'Today needs your approval.';
  if (full === 0) return 'Today has not been curated yet.';
  if (synced === 0) return 'Today is curated but not yet synced.';
  if (missing > done) return `${amount(done)} of ${amount(playlists)} playlists ${done === 1 ? 'is' : 'are'} done today.`;
  return `Today is done, except ${missing === 1 ? 'one playlist' : `${amount(missing)} playlists`}.`;
}

const amount = (value: number) => value.toLocaleString('en');
