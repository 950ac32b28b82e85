import type { BreakerView, VendorsView, VendorView } from '#shared/contracts/operations/vendors.ts';
import { clockTime, dayAndTime } from '#web/lib/dates.ts';
import { count, numberInWords, joinNames, percent, plural } from '#web/lib/words.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

const HOUR_MINUTES = 60;

/** True for a breaker that blocks requests: open, or half open with one trial request. */
export const isBlocking = (breaker: BreakerView): boolean => breaker.state !== 'closed';

/** The page's headline: which vendors are rate limited or blocked by a breaker. */
export function vendorsHeadline({ vendors }: VendorsView): string {
  const paused = vendors.filter((vendor) => vendor.limited !== null || vendor.breakers.some(isBlocking)).map(({ name }) => name);
  if (paused.length === 0) return 'All services are up.';
  if (paused.length === vendors.length && paused.length > 1) return 'All services are paused right now.';
  return `${joinNames(paused)} ${paused.length === 1 ? 'is' : 'are'} paused right now.`;
}

/** A breaker's state and until when it lasts. */
export function breakerText(breaker: BreakerView, now: string): string {
  if (breaker.state === 'closed') return breaker.failures === 0 ? 'Up' : `Up; ${lastFailed(breaker.failures)}`;
  if (breaker.state === 'half_open') return 'Testing with one request';
  const isDue = breaker.until !== null && breaker.until <= now;
  if (isDue) return 'The next request is a test';
  const until = breaker.until === null ? 'further notice' : dayAndTime(breaker.until, now.slice(0, 10));
  return breaker.isQuota ? `Quota used up until ${until}` : `Paused until ${until}`;
}

const lastFailed = (failures: number): string => (failures === 1 ? 'the last call failed' : `the last ${numberInWords(failures)} calls failed`);

/** Since when a breaker has been open and why; for a closed one, its last failure. */
export function breakerReason(breaker: BreakerView, now: string): string {
  const since = breaker.since === null ? '' : `Since ${dayAndTime(breaker.since, now.slice(0, 10))}. `;
  return `${since}${breaker.why ?? ''}`.trim();
}

/** The vendor's request budget as a sentence. */
export function budgetText({ requestsPerMinute, name }: VendorView): string {
  if (requestsPerMinute === null) return `No budget. Only the rate limits of ${name} apply.`;
  return `${count(Math.round(requestsPerMinute))} requests per minute, shared by all processes.`;
}

/** Summary of the chart: requests in the last 24 hours, and the busiest hour against the budget. */
export function requestsText({ hours, requestsPerMinute }: VendorView): string {
  const total = hours.reduce((sum, { requests }) => sum + requests, 0);
  if (total === 0) return 'No requests in the last 24 hours.';
  const current = hours.at(-1)?.requests ?? 0;
  const summary = `${plural(total, 'request')} in 24 hours, ${count(current)} in the current hour.`;
  if (requestsPerMinute === null) return summary;
  const busiest = Math.max(...hours.map(({ requests }) => requests));
  return `${summary} The busiest hour used ${percent(busiest / (requestsPerMinute * HOUR_MINUTES))} of the budget.`;
}

/** The hours as points of the chart. */
export function requestsByHour({ hours }: VendorView) {
  return hours.map(({ hour, requests }) => ({ name: clockTime(hour), values: [requests] }));
}

/** The cache's hit rate over the last 30 days. Null means the vendor's terms allow no cache. */
export function cacheText(cache: VendorView['cache'], name: string): string {
  if (cache === null) return `Off: the terms of ${name} do not allow caching.`;
  const lookups = cache.hits + cache.misses;
  if (lookups === 0) return 'Responses are cached for a month. No lookups yet.';
  return `${percent(cache.hits / lookups)} of ${plural(lookups, 'lookup')} in 30 days answered from the cache.`;
}

/** How often the vendor rate limited Segue in the last 7 days. */
export function rateLimitsText(vendor: VendorView): string {
  if (vendor.rateLimitCount === 0) return 'No rate limits in 7 days.';
  return `Rate limited ${vendor.rateLimitCount === 1 ? 'once' : `${numberInWords(vendor.rateLimitCount)} times`} in 7 days.`;
}

/** How long a rate limit lasted: "30 s", "45 min", "17 h". */
export function durationText(from: string, until: string): string {
  const minutes = (Date.parse(until) - Date.parse(from)) / MINUTE_MS;
  if (minutes < 1.5) return `${count(Math.round(minutes * HOUR_MINUTES))} s`;
  return minutes < HOUR_MINUTES ? `${count(Math.round(minutes))} min` : `${count(Math.round(minutes / HOUR_MINUTES))} h`;
}
