import type { TokenCalendarView } from '#shared/contracts/accounts/accounts.ts';

const DAYS = 7;
/** Six months and the week that the last of them touches: no permission lasts longer. */
const WEEKS = 27;
const DAY_MS = 86_400_000;

export interface Week {
  /** The first day of the week, `YYYY-MM-DD`. */
  readonly from: string;
  readonly ends: number;
}

/** How many permissions end in each week from today on; those that have ended are in none. */
export function endsByWeek(accounts: TokenCalendarView['accounts'], today: string): readonly Week[] {
  const start = Date.parse(`${today}T00:00:00Z`);
  const alive = accounts.filter(({ hasEnded }) => !hasEnded);
  return Array.from({ length: WEEKS }, (_, week) => ({
    from: new Date(start + week * DAYS * DAY_MS).toISOString().slice(0, 10),
    ends: alive.filter(({ daysLeft }) => Math.floor(daysLeft / DAYS) === week).length,
  }));
}

/** The week in which the most end, the first of equals; undefined when none does. */
export function fullestWeek(weeks: readonly Week[]): Week | undefined {
  const most = Math.max(0, ...weeks.map(({ ends }) => ends));
  return most === 0 ? undefined : weeks.find(({ ends }) => ends === most);
}
