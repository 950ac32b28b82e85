import type { TokenCalendarView } from '#shared/contracts/accounts/accounts.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

const DAYS = 7;
/** Six months, the longest an authorization lasts, plus the week that its last day falls in. */
const WEEKS = 27;

export interface Week {
  /** The first day of the week, `YYYY-MM-DD`. */
  readonly from: string;
  readonly expiries: number;
}

/** How many authorizations expire in each week from today on. Expired ones are in no week. */
export function expiriesByWeek(accounts: TokenCalendarView['accounts'], today: string): readonly Week[] {
  const start = Date.parse(`${today}T00:00:00Z`);
  const valid = accounts.filter(({ hasExpired: hasEnded }) => !hasEnded);
  return Array.from({ length: WEEKS }, (_, week) => ({
    from: new Date(start + week * DAYS * DAY_MS).toISOString().slice(0, 10),
    expiries: valid.filter(({ daysLeft }) => Math.floor(daysLeft / DAYS) === week).length,
  }));
}

/** The week with the most expiries, the earliest of equals. Undefined when none expires. */
export function busiestWeek(weeks: readonly Week[]): Week | undefined {
  const most = Math.max(0, ...weeks.map(({ expiries: ends }) => ends));
  return most === 0 ? undefined : weeks.find(({ expiries: ends }) => ends === most);
}
