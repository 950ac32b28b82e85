import type { JobRunRow } from '#server/repos/job-runs.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { OverviewView } from '#shared/contracts/views.ts';

/** When each task runs every day, in UTC: the same hours as jobs/crontab.ts (a test holds them together). */
export const DAILY_AT: readonly { readonly task: JobName; readonly hour: number; readonly minute: number; readonly says: string }[] = [
  { task: 'scale-playlists', hour: 2, minute: 0, says: 'Scale' },
  { task: 'ingest-albums', hour: 3, minute: 0, says: 'Ingest' },
  { task: 'enrich-tracks', hour: 3, minute: 30, says: 'Enrich' },
  { task: 'curate-playlists', hour: 4, minute: 0, says: 'Curate' },
  { task: 'sync-playlists', hour: 4, minute: 10, says: 'Sync' },
];

type Station = OverviewView['stations'][number];

/** The day's stations in order, each with what the run that speaks for today says. */
export function listStations(ofToday: readonly JobRunRow[]): Station[] {
  return DAILY_AT.map(({ task, hour, minute }): Station => {
    const run = ofToday.find((row) => row.task === task);
    const at = clock(hour, minute);
    if (!run) return { task, at, state: 'waiting', says: 'not yet today' };
    return { task, at: run.createdAt.toISOString().slice(11, 16), state: stateOf(run), says: saysOf(run) };
  });
}

function stateOf(run: JobRunRow): Station['state'] {
  if (run.status === 'running') return 'now';
  if (run.status === 'done') return run.failures > 0 ? 'partly' : 'done';
  return run.status === 'failed' ? 'failed' : 'waiting';
}

function saysOf(run: JobRunRow): string {
  if (run.status === 'running') return run.total === null ? (run.doing ?? 'under way') : `${run.done} of ${run.total}`;
  return run.outcome ?? run.status;
}

/** What the clock will do next, soonest first. */
export function nextTicks(now: Date, facts: { playlists: number; queued: number }): OverviewView['next'] {
  const details: Record<JobName, string> = {
    'scale-playlists': 'how many playlists the catalogue carries, and where they stand',
    'ingest-albums': facts.queued === 0 ? 'no album is waiting' : `${facts.queued} albums are waiting`,
    'enrich-tracks': 'what the catalogue does not know yet',
    'curate-playlists': `${facts.playlists} playlists`,
    'sync-playlists': `${facts.playlists} playlists, at most ${facts.playlists * 4} requests`,
    'refresh-tokens': 'access that has lived most of its hour',
    'watch-network': 'what broke and what is over',
  };
  return DAILY_AT.map(({ task, hour, minute, says }) => ({ at: nextAt(now, hour, minute), what: says, detail: details[task] })).toSorted((a, b) =>
    a.at.localeCompare(b.at),
  );
}

function nextAt(now: Date, hour: number, minute: number): string {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour, minute);
  const next = today > now.getTime() ? today : today + 86_400_000;
  return new Date(next).toISOString();
}

const clock = (hour: number, minute: number) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
