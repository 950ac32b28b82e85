import type { BreakerView, VendorsView, VendorView } from '#shared/contracts/operations/vendors.ts';
import { clockTime, when } from '#web/lib/dates.ts';
import { count, inWords, listed, percent, plural } from '#web/lib/words.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** A breaker that lets nothing through, or only one request. */
export const isHeld = (breaker: BreakerView): boolean => breaker.state !== 'closed';

/** The page's answer: who cannot be asked at the moment. */
export function answerOf({ vendors }: VendorsView): string {
  const held = vendors.filter((vendor) => vendor.limited !== null || vendor.breakers.some(isHeld)).map(({ name }) => name);
  if (held.length === 0) return 'Every vendor can be asked.';
  if (held.length === vendors.length && held.length > 1) return 'No vendor can be asked freely right now.';
  return `${listed(held)} ${held.length === 1 ? 'is' : 'are'} held back right now.`;
}

/** What a breaker does and until when, as one sentence. */
export function breakerSays(breaker: BreakerView, now: string): string {
  if (breaker.state === 'closed') return breaker.failures === 0 ? 'Answers' : `Asked as usual; ${lastFailed(breaker.failures)}`;
  if (breaker.state === 'half_open') return 'One request tries whether it is back';
  const isDue = breaker.until !== null && breaker.until <= now;
  if (isDue) return 'The next request tries whether it is back';
  const until = breaker.until === null ? 'a while' : when(breaker.until, now.slice(0, 10));
  return breaker.isQuota ? `Quota used up until ${until}` : `Left alone until ${until}`;
}

const lastFailed = (failures: number): string => (failures === 1 ? 'the last call failed' : `the last ${inWords(failures)} calls failed`);

/** Since when and why, for a breaker that is open, and what one that is not has met last. */
export function breakerWhy(breaker: BreakerView, now: string): string {
  const since = breaker.since === null ? '' : `Since ${when(breaker.since, now.slice(0, 10))}. `;
  return `${since}${breaker.why ?? ''}`.trim();
}

/** The pace that is kept, as a sentence. */
export function paceSays({ requestsPerMinute, name }: VendorView): string {
  if (requestsPerMinute === null) return `No budget of ours; ${name} sets the pace with its answers.`;
  return `${count(Math.round(requestsPerMinute))} requests a minute for all processes together.`;
}

/** What to see in the chart of the last 24 hours. */
export function requestsSay({ hours, requestsPerMinute }: VendorView): string {
  const all = hours.reduce((sum, { requests }) => sum + requests, 0);
  if (all === 0) return 'Nothing was asked in the last 24 hours.';
  const inThis = hours.at(-1)?.requests ?? 0;
  const said = `${plural(all, 'request')} in 24 hours, ${count(inThis)} of them in this one.`;
  if (requestsPerMinute === null) return said;
  const most = Math.max(...hours.map(({ requests }) => requests));
  return `${said} The busiest hour took ${percent(most / (requestsPerMinute * HOUR_MINUTES))} of what the budget gives.`;
}

/** The hours as places of the chart. */
export function requestsByHour({ hours }: VendorView) {
  return hours.map(({ hour, requests }) => ({ name: clockTime(hour), values: [requests] }));
}

/** How often a kept answer was good enough. */
export function cacheSays(cache: VendorView['cache'], name: string): string {
  if (cache === null) return `Nothing is kept beside the catalogue: ${name} does not permit it.`;
  const asked = cache.hits + cache.misses;
  if (asked === 0) return 'Answers are kept for a month; none was looked for yet.';
  return `${percent(cache.hits / asked)} of ${plural(asked, 'question')} in 30 days had a kept answer.`;
}

/** How often it said stop. */
export function stopsSay(vendor: VendorView): string {
  if (vendor.stops === 0) return 'It never said stop in the last seven days.';
  return `It said stop ${vendor.stops === 1 ? 'once' : `${inWords(vendor.stops)} times`} in the last seven days.`;
}

/** How long a stop was, as people say it. */
export function lasted(from: string, until: string): string {
  const minutes = (Date.parse(until) - Date.parse(from)) / MINUTE_MS;
  if (minutes < 1.5) return `${count(Math.round(minutes * HOUR_MINUTES))} s`;
  return minutes < HOUR_MINUTES ? `${count(Math.round(minutes))} min` : `${count(Math.round(minutes / HOUR_MINUTES))} h`;
}
