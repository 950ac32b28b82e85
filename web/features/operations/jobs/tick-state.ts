import type { TickFate, TimetableRow, TimetableView } from '#shared/contracts/job-views.ts';

/** How a daily tick stands today. `before`: the house had no timetable yet, so that nothing was missed. `due`: it is past, and its job is not taken yet. */
export type TickState = TickFate | 'now' | 'due' | 'before' | 'ahead';

/** When a worker counts as gone; see jobs/run-worker.ts. */
const SILENT_S = 90;

/** What became of a daily task's tick of today. */
export function tickState(row: TimetableRow, now: string): TickState {
  const tick = tickOf(row, now);
  const known = row.ticks.find(({ at }) => at.slice(0, 16) === tick.slice(0, 16))?.fate;
  if (known !== undefined) return (known === 'ran' || known === 'caught_up') && row.last?.status === 'running' ? 'now' : known;
  if (tick > now) return row.paused ? 'paused' : 'ahead';
  if (row.since === null || row.since > tick) return 'before';
  return row.paused && row.paused.at <= tick ? 'paused' : 'due';
}

/** The state in words. */
export function tickSays(state: TickState, timetable: Pick<TimetableView, 'workerSilentS'>): string {
  const isWorked = timetable.workerSilentS !== null && timetable.workerSilentS <= SILENT_S;
  const says: Record<TickState, string> = {
    ran: 'ran',
    caught_up: 'made up for later',
    paused: 'left out, the task is paused',
    missed: 'missed',
    now: 'under way',
    due: isWorked ? 'waits its turn' : 'waits for a worker',
    before: 'before the first start',
    ahead: 'ahead',
  };
  return says[state];
}

function tickOf(row: TimetableRow, now: string): string {
  const midnightMs = Date.parse(`${now.slice(0, 10)}T00:00:00Z`);
  return new Date(midnightMs + (row.minutes[0] ?? 0) * 60_000).toISOString();
}
