import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { VendorFacts } from '#server/providers/ports.ts';
import { listCacheUse } from '#server/repos/operations/provider-cache.ts';
import { listRateLimitEvents } from '#server/repos/operations/rate-limit-events.ts';
import type { RateLimitEvent } from '#server/repos/operations/rate-limit-events.ts';
import { listBlocks } from '#server/repos/limits/request-blocks.ts';
import { listRequestUse } from '#server/repos/limits/request-use.ts';
import type { HourlyUse } from '#server/repos/limits/request-use.ts';
import { listBreakers } from '#server/repos/limits/vendor-breakers.ts';
import type { BreakerRow } from '#server/repos/limits/vendor-breakers.ts';
import type { BreakerView, VendorsView, VendorView } from '#shared/contracts/operations/vendors.ts';
import { dayOf } from '#shared/domain/days.ts';
import { HOUR_MS } from '#shared/domain/calendar.ts';

const HOURS_SHOWN = 24;
const STOPS_SINCE_MS = 7 * 24 * HOUR_MS;
const STOPS_READ_MAX = 1_000;
const STOPS_SHOWN = 8;
const CACHE_SINCE_MS = 30 * 24 * HOUR_MS;

/** The status and policy of every vendor: breakers, request budget and its use, rate limits, cache use. */
export async function viewVendors(deps: Pick<Deps, 'db' | 'now' | 'vendors'>, actor: Actor): Promise<VendorsView> {
  requireAdmin(actor);
  const now = deps.now();
  const currentHourMs = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const firstHour = new Date(currentHourMs - (HOURS_SHOWN - 1) * HOUR_MS);
  const [breakers, blocks, use, events, cacheUse] = await Promise.all([
    listBreakers(deps.db),
    listBlocks(deps.db, now),
    listRequestUse(deps.db, firstHour),
    listRateLimitEvents(deps.db, new Date(now.getTime() - STOPS_SINCE_MS), STOPS_READ_MAX),
    listCacheUse(deps.db, dayOf(new Date(now.getTime() - CACHE_SINCE_MS))),
  ]);
  const rows = new Map(breakers.map((row) => [row.vendor, row]));
  const vendors = deps.vendors.map((facts): VendorView => {
    const block = blocks.find(({ key }) => key === facts.bucket);
    return {
      vendor: facts.vendor,
      name: facts.name,
      requestsPerMinute: facts.requestsPerMinute,
      breakers: facts.breakers.map((breaker) => ({ ...breaker, ...stateOf(rows.get(breaker.key)) })),
      limited: block ? { until: block.until.toISOString(), why: block.why } : null,
      hours: hoursOf(use, facts, firstHour),
      ...rateLimitsOf(events, facts),
      cache: facts.cachesResponses ? cacheOf(cacheUse.filter(({ provider }) => provider === facts.vendor)) : null,
    };
  });
  return { now: now.toISOString(), vendors };
}

function stateOf(row: BreakerRow | undefined): Omit<BreakerView, 'key' | 'name' | 'isQuota'> {
  if (!row || row.state === 'closed') return { state: 'closed', failures: row?.failures ?? 0, why: row?.why ?? null, since: null, until: null };
  const { state, failures, why, openedAt, openUntil } = row;
  return { state, failures, why, since: openedAt?.toISOString() ?? null, until: openUntil?.toISOString() ?? null };
}

function hoursOf(use: readonly HourlyUse[], facts: VendorFacts, first: Date): VendorView['hours'] {
  const counted = new Map(use.filter(({ bucket }) => bucket === facts.bucket).map(({ hour, requests }) => [hour.getTime(), requests]));
  return Array.from({ length: HOURS_SHOWN }, (_, index) => {
    const atMs = first.getTime() + index * HOUR_MS;
    return { hour: new Date(atMs).toISOString(), requests: counted.get(atMs) ?? 0 };
  });
}

function rateLimitsOf(events: readonly RateLimitEvent[], facts: VendorFacts): Pick<VendorView, 'rateLimitCount' | 'latestRateLimits'> {
  const names = new Map([
    [facts.bucket, 'All requests'],
    ...facts.breakers.filter(({ isQuota }) => isQuota).map(({ key, name }) => [key, name] as const),
  ]);
  const limits = events.flatMap(({ bucket, at, until, why }) => {
    const what = names.get(bucket);
    return what === undefined ? [] : [{ at: at.toISOString(), until: until.toISOString(), why, what }];
  });
  return { rateLimitCount: limits.length, latestRateLimits: limits.slice(0, STOPS_SHOWN) };
}

function cacheOf(days: readonly { hits: number; misses: number }[]): NonNullable<VendorView['cache']> {
  return { hits: days.reduce((sum, { hits }) => sum + hits, 0), misses: days.reduce((sum, { misses }) => sum + misses, 0) };
}
