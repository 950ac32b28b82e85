import type { JobRunRow } from '#server/repos/operations/job-runs.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { OverviewView } from '#shared/contracts/operations/overview.ts';
import { DAY_MS, HOUR_MS } from '#shared/domain/calendar.ts';

/** When each daily task runs, in UTC: the same hours as jobs/crontab.ts (checked by a test). */
export const DAILY_TASKS: readonly { readonly task: JobName; readonly hour: number; readonly minute: number; readonly says: string }[] = [
  { task: 'scale-playlists', hour: 2, minute: 0, says: 'Scale' },
  { task: 'ingest-albums', hour: 3, minute: 0, says: 'Ingest' },
  { task: 'enrich-tracks', hour: 3, minute: 30, says: 'Enrich' },
  { task: 'curate-playlists', hour: 4, minute: 0, says: 'Curate' },
  { task: 'draw-covers', hour: 4, minute: 5, says: 'Draw covers' },
  { task: 'sync-playlists', hour: 4, minute: 10, says: 'Sync' },
  { task: 'reconcile-playlists', hour: 5, minute: 30, says: 'Reconcile' },
  { task: 'check-assets', hour: 6, minute: 15, says: 'Check files' },
];

/** Tasks that run all day, at these minutes of every hour. */
export const HOURLY_TASKS: readonly { readonly task: JobName; readonly minutes: readonly number[]; readonly says: string }[] = [
  { task: 'index-search', minutes: [40], says: 'Index' },
  { task: 'tidy-studio', minutes: [20], says: 'Tidy' },
  { task: 'refresh-model-prices', minutes: [50], says: 'Read prices' },
  { task: 'refresh-tokens', minutes: [0, 30], says: 'Refresh' },
  { task: 'watch-network', minutes: Array.from({ length: 12 }, (_, i) => i * 5), says: 'Watch' },
];

/**
 * Tasks whose scheduled runs stand for a day. Late today: catch up. Past day: record as missed and show it; lists of a past day are never created.
 * Every other task runs once, however many runs it missed.
 */
export const PER_DAY_TASKS: ReadonlySet<JobName> = new Set(['curate-playlists', 'sync-playlists']);

/** The first scheduled run of a task after an instant; undefined for a task without a schedule. */
export function nextScheduledRun(task: JobName, after: Date): Date | undefined {
  const daily = DAILY_TASKS.find((one) => one.task === task);
  if (daily) return new Date(nextAt(after, daily.hour, daily.minute));
  const hourly = HOURLY_TASKS.find((one) => one.task === task);
  if (!hourly) return undefined;
  const hourMs = Math.floor(after.getTime() / HOUR_MS) * HOUR_MS;
  const candidates = [0, HOUR_MS].flatMap((laterMs) => hourly.minutes.map((minute) => hourMs + laterMs + minute * 60_000));
  const next = candidates.find((ms) => ms > after.getTime());
  return next === undefined ? undefined : new Date(next);
}

/** The daily runs of a task from one instant up to, but excluding, another. */
export function scheduledRunsBetween(task: JobName, from: Date, to: Date): Date[] {
  const daily = DAILY_TASKS.find((one) => one.task === task);
  if (!daily) return [];
  const runs: Date[] = [];
  const first = new Date(nextAt(new Date(from.getTime() - 1), daily.hour, daily.minute)).getTime();
  for (let ms = first; ms < to.getTime(); ms += DAY_MS) runs.push(new Date(ms));
  return runs;
}

type Stage = OverviewView['steps'][number];

/** The day's stages in order, each with the status of today's run. */
export function listDayStages(todaysRuns: readonly JobRunRow[], now: Date): Stage[] {
  return DAILY_TASKS.map(({ task, hour, minute }): Stage => {
    const run = todaysRuns.find((row) => row.task === task);
    const at = clock(hour, minute);
    if (!run) return { task, at, state: 'waiting', message: at > now.toISOString().slice(11, 16) ? 'not yet' : 'not run today' };
    return { task, at: run.createdAt.toISOString().slice(11, 16), state: stateOf(run), message: statusText(run) };
  });
}

function stateOf(run: JobRunRow): Stage['state'] {
  if (run.status === 'running') return 'now';
  if (run.status === 'done') return run.failures > 0 ? 'partly' : 'done';
  return run.status === 'failed' ? 'failed' : 'waiting';
}

function statusText(run: JobRunRow): string {
  if (run.status === 'running') return run.total === null ? (run.doing ?? 'in progress') : `${amount(run.done)} of ${amount(run.total)}`;
  return run.outcome ?? run.status.replace('_', ' ');
}

/** The next scheduled runs, soonest first. */
export function listNextRuns(now: Date, facts: { playlists: number; queued: number }): OverviewView['upcoming'] {
  const details: Record<JobName, string> = {
    'scale-playlists': 'number of playlists and their accounts',
    'ingest-albums': facts.queued === 0 ? 'no albums queued' : `${counted(facts.queued, 'album')} queued`,
    'enrich-tracks': 'missing tempo, energy and genres',
    'curate-playlists': counted(facts.playlists, 'playlist'),
    'sync-playlists': `${counted(facts.playlists, 'playlist')}, at most ${counted(facts.playlists * 4, 'request')}`,
    'reconcile-playlists': 'playlists on Spotify compared with the ledger',
    'refresh-tokens': 'access tokens close to expiry',
    'draw-covers': 'playlists without a cover, or whose music drifted',
    'check-cover-uploads': 'uploaded covers that Spotify does not show yet',
    'simulate-policies': 'requested simulations',
    'run-render': 'requested renders',
    'check-assets': 'stored pictures and their previews',
    'refresh-model-prices': 'what models cost at their vendors',
    'index-search': 'new and changed entries of the search',
    'tidy-studio': 'old addresses and files without an owner',
    'watch-network': 'open and close alerts',
  };
  return DAILY_TASKS.map(({ task, hour, minute, says }) => ({ at: nextAt(now, hour, minute), what: says, detail: details[task] })).toSorted((a, b) =>
    a.at.localeCompare(b.at),
  );
}

function nextAt(now: Date, hour: number, minute: number): string {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour, minute);
  const next = today > now.getTime() ? today : today + DAY_MS;
  return new Date(next).toISOString();
}

const clock = (hour: number, minute: number) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
const amount = (value: number) => value.toLocaleString('en');
const counted = (count: number, one: string) => `${amount(count)} ${one}${count === 1 ? '' : 's'}`;
