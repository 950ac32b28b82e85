import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import { listRuns, listRunsOfDay } from '#server/repos/operations/job-runs.ts';
import { listLatestSnapshots } from '#server/repos/playlists/network-views.ts';
import { listPlaylistFacts } from '#server/repos/sync/playlist-facts.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { toRunView } from './jobs/list-runs.ts';
import type { OverviewView } from '#shared/contracts/views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { gatherTroubles } from './alerts/gather-troubles.ts';
import type { WatchDeps } from './alerts/gather-troubles.ts';
import { listDryness } from './list-dryness.ts';
import { listStations, nextTicks } from './schedule/timetable.ts';

const RUNS_LOOKED_AT = 20;

/** The operator's first page: is today done, what broke and what to press, what happens next, how long until something runs dry. */
export async function viewOverview(deps: WatchDeps, actor: Actor): Promise<OverviewView> {
  requireAdmin(actor);
  const now = deps.now();
  const today = dayOf(now);
  const [facts, latestRuns, runs, sources, accounts, playlists, snapshots, broken] = await Promise.all([
    listPlaylistFacts(deps.db, today),
    listRunsOfDay(deps.db, today),
    listRuns(deps.db, RUNS_LOOKED_AT),
    countSourcesByStatus(deps.db),
    listAccounts(deps, actor),
    listPlaylists(deps.db, { status: 'active' }),
    listLatestSnapshots(deps.db, today),
    gatherTroubles(deps),
  ]);
  const active = facts.filter((row) => row.status === 'active');
  const full = active.filter((row) => row.today === 'published').length;
  const synced = active.filter((row) => row.lastSyncedDay === today).length;
  return {
    answer: answerOf({ playlists: active.length, full, synced, isHeld: broken.some(({ key }) => key === `sync:waiting:${today}`) }),
    today,
    now: now.toISOString(),
    detail: `${amount(full)} of ${amount(active.length)} playlists full, ${amount(synced)} written and read back`,
    stations: listStations(latestRuns, now),
    broken,
    next: nextTicks(now, { playlists: active.length, queued: sources.queued }),
    dry: listDryness({ playlists, snapshots, accounts, now }),
    working: runs.filter((run) => run.status === 'running').map(toRunView),
  };
}

interface Done {
  readonly playlists: number;
  readonly full: number;
  readonly synced: number;
  /** The day's sync waits for a person. */
  readonly isHeld: boolean;
}

/** Whether today is done, in one sentence that names what is fewer: what is missing, or what is done. */
export function answerOf({ playlists, full, synced, isHeld }: Done): string {
  if (playlists === 0) return 'There is no playlist yet.';
  const done = Math.min(full, synced);
  const missing = playlists - done;
  if (missing === 0) return 'Today is done.';
  if (isHeld) return 'Today waits for your approval.';
  if (full === 0) return 'Today has not been curated yet.';
  if (synced === 0) return 'Today is curated, and nothing is written yet.';
  if (missing > done) return `${amount(done)} of ${amount(playlists)} playlists ${done === 1 ? 'is' : 'are'} done today.`;
  return `Today is done, except ${missing === 1 ? 'one playlist' : `${amount(missing)} playlists`}.`;
}

const amount = (value: number) => value.toLocaleString('en');
