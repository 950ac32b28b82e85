import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import type { AccountWithLoad } from '#server/repos/accounts/accounts.ts';
import type { StaggerAdvice, TokenCalendarView } from '#shared/contracts/accounts/accounts.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { staggerReauthorizations } from '#shared/domain/accounts/reauth-stagger.ts';
import { REAUTH_LEVELS, reauthStep } from './account-view.ts';
import { reauthDate } from './reauth-date.ts';

/**
 * When each authorization expires, soonest first, and how to spread those that expire together. Accounts that need re-authorization have already
 * expired.
 */
export async function viewTokenCalendar(deps: Pick<Deps, 'db' | 'now'>, actor: Actor): Promise<TokenCalendarView> {
  requireAdmin(actor);
  const [today, now] = [dayOf(deps.now()), deps.now()];
  const connected = await listAccountsWithLoad(deps.db);
  const accounts = connected.map((account) => toEntry(account, now));
  return {
    today,
    accounts: accounts.toSorted(
      (a, b) => Number(b.hasExpired) - Number(a.hasExpired) || a.reauthOn.localeCompare(b.reauthOn) || a.displayName.localeCompare(b.displayName),
    ),
    advice: adviseReconnects(connected, today),
  };
}

function toEntry({ id, displayName, status, authorizedAt }: AccountWithLoad, now: Date): TokenCalendarView['accounts'][number] {
  const reauthBy = reauthDate(authorizedAt);
  const hasEnded = status === 'needs_reauth' || reauthBy <= now;
  const step = hasEnded ? 0 : reauthStep(reauthBy, now);
  const reauthOn = dayOf(reauthBy);
  const daysLeft = hasEnded ? 0 : dayNumber(reauthOn) - dayNumber(dayOf(now));
  return { id, displayName, reauthOn, daysLeft, hasExpired: hasEnded, level: step === null ? null : REAUTH_LEVELS[step] };
}

/** Which accounts to re-authorize early so that no two authorizations expire in one week. */
export function adviseReconnects(accounts: readonly AccountWithLoad[], today: string): readonly StaggerAdvice[] {
  const alive = accounts.filter(({ status }) => status === 'active' || status === 'limited');
  const names = new Map(alive.map(({ id, displayName }) => [String(id), displayName]));
  const endings = alive.map(({ id, authorizedAt }) => ({ id, endsOn: dayOf(reauthDate(authorizedAt)) }));
  return staggerReauthorizations(endings, today, endAfter).map(({ id, endsOn, reconnectOn, wouldExpireOn }) => ({
    id,
    displayName: names.get(id) ?? '',
    reauthOn: endsOn,
    reconnectOn,
    wouldExpireOn,
    isNow: reconnectOn === today,
  }));
}

const endAfter = (day: string) => dayOf(reauthDate(new Date(`${day}T00:00:00Z`)));
