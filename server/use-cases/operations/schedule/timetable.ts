import type { JobRunRow } from '#server/repos/operations/job-runs.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { OverviewView } from '#shared/contracts/views.ts';

/** When each task runs every day, in UTC: the same hours as jobs/crontab.ts (a test holds them together). */
export const DAILY_AT: readonly { readonly task: JobName; readonly hour: number; readonly minute: number; readonly says: string }[] = [
  { task: 'scale-playlists', hour: 2, minute: 0, says: 'Scale' },
  { task: 'ingest-albums', hour: 3, minute: 0, says: 'Ingest' },
  { task: 'enrich-tracks', hour: 3, minute: 30, says: 'Enrich' },
  { task: 'curate-playlists', hour: 4, minute: 0, says: 'Curate' },
  { task: 'sync-playlists', hour: 4, minute: 10, says: 'Sync' },
  { task: 'reconcile-playlists', hour: 5, minute: 30, says: 'Reconcile' },
];

/** Tasks that come round all day, at these minutes of every hour. */
export const EVERY_HOUR_AT: readonly { readonly task: JobName; readonly minutes: readonly number[]; readonly says: string }[] = [
  { task: 'refresh-tokens', minutes: [0, 30], says: 'Renew' },
  { task: 'watch-network', minutes: Array.from({ length: 12 }, (_, i) => i * 5), says: 'Watch' },
];

/**
 * Tasks whose ticks stand for a day. When the house was off, the day's tick is made up for as long as it is that day; a day that is over is never
 * invented, because nobody saw its lists: its tick is noted as missed and shown. Every other task runs once, however many ticks it missed.
 */
export const MISSED_DAYS: ReadonlySet<JobName> = new Set(['curate-playlists', 'sync-playlists']);

/** The first tick of a task after an instant; undefined for one that the clock does not run. */
export function nextTickOf(task: JobName, after: Date): Date | undefined {
  const daily = DAILY_AT.find((one) => one.task === task);
  if (daily) return new Date(nextAt(after, daily.hour, daily.minute));
  const hourly = EVERY_HOUR_AT.find((one) => one.task === task);
  if (!hourly) return undefined;
  const hourMs = Math.floor(after.getTime() / HOUR_MS) * HOUR_MS;
  const candidates = [0, HOUR_MS].flatMap((laterMs) => hourly.minutes.map((minute) => hourMs + laterMs + minute * 60_000));
  const next = candidates.find((ms) => ms > after.getTime());
  return next === undefined ? undefined : new Date(next);
}

/** The daily ticks of a task from one instant up to, and not including, another. */
export function dailyTicksBetween(task: JobName, from: Date, to: Date): Date[] {
  const daily = DAILY_AT.find((one) => one.task === task);
  if (!daily) return [];
  const ticks: Date[] = [];
  const first = new Date(nextAt(new Date(from.getTime() - 1), daily.hour, daily.minute)).getTime();
  for (let ms = first; ms < to.getTime(); ms += DAY_MS) ticks.push(new Date(ms));
  return ticks;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

type Station = OverviewView['stations'][number];

/** The day's stations in order, each with what the run that speaks for today says. */
export function listStations(ofToday: readonly JobRunRow[], now: Date): Station[] {
  return DAILY_AT.map(({ task, hour, minute }): Station => {
    const run = ofToday.find((row) => row.task === task);
    const at = clock(hour, minute);
    if (!run) return { task, at, state: 'waiting', says: at > now.toISOString().slice(11, 16) ? 'not yet' : 'has not run today' };
    return { task, at: run.createdAt.toISOString().slice(11, 16), state: stateOf(run), says: saysOf(run) };
  });
}

function stateOf(run: JobRunRow): Station['state'] {
  if (run.status === 'running') return 'now';
  if (run.status === 'done') return run.failures > 0 ? 'partly' : 'done';
  return run.status === 'failed' ? 'failed' : 'waiting';
}

function saysOf(run: JobRunRow): string {
  if (run.status === 'running') return run.total === null ? (run.doing ?? 'under way') : `${amount(run.done)} of ${amount(run.total)}`;
  return run.outcome ?? run.status.replace('_', ' ');
}

/** What the clock will do next, soonest first. */
export function nextTicks(now: Date, facts: { playlists: number; queued: number }): OverviewView['next'] {
  const details: Record<JobName, string> = {
    'scale-playlists': 'how many playlists the catalogue carries, and where they stand',
    'ingest-albums': facts.queued === 0 ? 'no album is waiting' : `${counted(facts.queued, 'album')} ${facts.queued === 1 ? 'is' : 'are'} waiting`,
    'enrich-tracks': 'what the catalogue does not know yet',
    'curate-playlists': counted(facts.playlists, 'playlist'),
    'sync-playlists': `${counted(facts.playlists, 'playlist')}, at most ${counted(facts.playlists * 4, 'request')}`,
    'reconcile-playlists': 'what stands on the accounts, compared with the ledger',
    'refresh-tokens': 'access that has lived most of its hour',
    'simulate-policies': 'days that somebody wants to see before they come',
    'watch-network': 'what broke and what is over',
  };
  return DAILY_AT.map(({ task, hour, minute, says }) => ({ at: nextAt(now, hour, minute), what: says, detail: details[task] })).toSorted((a, b) =>
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
