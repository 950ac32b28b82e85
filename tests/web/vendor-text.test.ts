import type { BreakerView, VendorView } from '#shared/contracts/operations/vendors.ts';
import {
  vendorsHeadline,
  breakerText,
  cacheText,
  durationText,
  budgetText,
  rateLimitsText,
  requestsText,
} from '#web/features/operations/vendors/vendor-words.ts';
import { expect, test } from 'vitest';

const NOW = '2026-11-21T12:00:00.000Z';
const breaker = (more: Partial<BreakerView> = {}): BreakerView => ({
  key: 'spotify',
  name: 'Web API',
  isQuota: false,
  state: 'open',
  failures: 5,
  why: 'It was silent.',
  since: '2026-11-21T11:58:00.000Z',
  until: '2026-11-21T12:08:00.000Z',
  ...more,
});
const vendor = (more: Partial<VendorView> = {}): VendorView => ({
  vendor: 'spotify',
  name: 'Spotify',
  requestsPerMinute: 100,
  breakers: [breaker({ state: 'closed' })],
  limited: null,
  hours: [
    { hour: '2026-11-21T11:00:00.000Z', requests: 3_000 },
    { hour: NOW, requests: 12 },
  ],
  rateLimitCount: 0,
  latestRateLimits: [],
  cache: null,
  ...more,
});

test.each([
  [breaker(), 'Paused until today, 12:08 UTC'],
  [breaker({ until: '2026-11-22T06:00:00.000Z', isQuota: true }), 'Quota used up until 22 November, 06:00 UTC'],
  [breaker({ until: NOW }), 'The next request is a test'],
  [breaker({ state: 'half_open' }), 'Testing with one request'],
  [breaker({ state: 'closed', failures: 0 }), 'Up'],
  [breaker({ state: 'closed', failures: 1 }), 'Up; the last call failed'],
  [breaker({ state: 'closed', failures: 3 }), 'Up; the last three calls failed'],
])('a breaker says in words what it does', (one, says) => {
  expect(breakerText(one, NOW)).toBe(says);
});

test('the page says which vendors are down', () => {
  const healthy = vendor();
  const down = vendor({ name: 'ReccoBeats', breakers: [breaker()] });
  expect(vendorsHeadline({ now: NOW, vendors: [healthy] })).toBe('All services are up.');
  expect(vendorsHeadline({ now: NOW, vendors: [healthy, down] })).toBe('ReccoBeats is paused right now.');
  const stopped = vendor({ limited: { until: NOW, why: 'Spotify answered 429' } });
  expect(vendorsHeadline({ now: NOW, vendors: [stopped, down, healthy] })).toBe('Spotify and ReccoBeats are paused right now.');
  expect(vendorsHeadline({ now: NOW, vendors: [stopped, down] })).toBe('All services are paused right now.');
});

test('use is compared with the budget when there is one', () => {
  expect(requestsText(vendor())).toBe('3,012 requests in 24 hours, 12 in the current hour. The busiest hour used 50% of the budget.');
  expect(requestsText(vendor({ requestsPerMinute: null }))).toBe('3,012 requests in 24 hours, 12 in the current hour.');
  expect(requestsText(vendor({ hours: [] }))).toBe('No requests in the last 24 hours.');
  expect(budgetText(vendor())).toBe('100 requests per minute, shared by all processes.');
});

test('rate limits and cached responses are counted in words', () => {
  expect(rateLimitsText(vendor())).toBe('No rate limits in 7 days.');
  expect(rateLimitsText(vendor({ rateLimitCount: 1 }))).toBe('Rate limited once in 7 days.');
  expect(cacheText({ hits: 1, misses: 3 }, 'MusicBrainz')).toBe('25% of 4 lookups in 30 days answered from the cache.');
  expect([durationText(NOW, '2026-11-21T12:00:30Z'), durationText(NOW, '2026-11-21T12:45:00Z'), durationText(NOW, '2026-11-22T05:00:00Z')]).toEqual([
    '30 s',
    '45 min',
    '17 h',
  ]);
});
