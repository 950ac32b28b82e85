import type { Deps } from '#server/deps.ts';
import { accountBucket, readBucket } from '#server/repos/accounts/account-limits.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import type { BudgetView } from '#shared/contracts/accounts/accounts.ts';
import type { AccountId } from '#shared/ids.ts';
import { HOUR_MS } from '#shared/domain/calendar.ts';

const HOURS_SHOWN = 24;
const REFUSALS_SINCE_MS = 30 * 24 * HOUR_MS;
const REFUSALS_MAX = 50;

/** Requests to Spotify for one account and its rate limits. Those of the whole app are on the vendors page. */
export function viewAccountBudget(deps: Pick<Deps, 'db' | 'now'>, account: Account): Promise<BudgetView> {
  const { id, displayName, requestsPerMinute } = account;
  return viewBucket(deps, { key: accountBucket(id), accountId: id, name: displayName, perMinute: requestsPerMinute });
}

interface Bucket {
  readonly key: string;
  readonly accountId?: AccountId;
  readonly name: string;
  readonly perMinute: number | null;
}

async function viewBucket(deps: Pick<Deps, 'db' | 'now'>, { name, perMinute, ...bucket }: Bucket): Promise<BudgetView> {
  const now = deps.now();
  const thisHourMs = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const firstHourMs = thisHourMs - (HOURS_SHOWN - 1) * HOUR_MS;
  const facts = await readBucket(deps.db, bucket, {
    now,
    useSince: new Date(firstHourMs),
    refusalsSince: new Date(now.getTime() - REFUSALS_SINCE_MS),
    refusalsMax: REFUSALS_MAX,
  });
  const requestsByHour = new Map(facts.hours.map(({ hour, requests }) => [hour.getTime(), requests]));
  // Every granted request is counted, so an hour without a row had none.
  const hours = Array.from({ length: HOURS_SHOWN }, (_, at) => firstHourMs + at * HOUR_MS).map((ms) => ({
    hour: new Date(ms).toISOString(),
    requests: requestsByHour.get(ms) ?? 0,
  }));
  return {
    bucket: bucket.key,
    name,
    perMinute,
    lastHour: requestsByHour.get(thisHourMs) ?? 0,
    lastDay: hours.reduce((sum, { requests }) => sum + requests, 0),
    hours,
    blockedUntil: facts.block?.until.toISOString() ?? null,
    blockedReason: facts.block?.why ?? null,
    rateLimits: facts.refusals.map(({ at, until, why }) => ({ at: at.toISOString(), until: until.toISOString(), why })),
  };
}
