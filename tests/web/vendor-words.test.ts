import type { BreakerView, VendorView } from '#shared/contracts/operations/vendors.ts';
import { answerOf, breakerSays, cacheSays, lasted, paceSays, stopsSay, requestsSay } from '#web/features/operations/vendors/vendor-words.ts';
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
  stops: 0,
  latestStops: [],
  cache: null,
  ...more,
});

test.each([
  [breaker(), 'Left alone until today, 12:08 UTC'],
  [breaker({ until: '2026-11-22T06:00:00.000Z', isQuota: true }), 'Quota used up until 22 November, 06:00 UTC'],
  [breaker({ until: NOW }), 'The next request tries whether it is back'],
  [breaker({ state: 'half_open' }), 'One request tries whether it is back'],
  [breaker({ state: 'closed', failures: 0 }), 'Answers'],
  [breaker({ state: 'closed', failures: 1 }), 'Asked as usual; the last call failed'],
  [breaker({ state: 'closed', failures: 3 }), 'Asked as usual; the last three calls failed'],
])('the state of a breaker is described in words', (one, says) => {
  expect(breakerSays(one, NOW)).toBe(says);
});

test('the page says which vendors are down', () => {
  const healthy = vendor();
  const down = vendor({ name: 'ReccoBeats', breakers: [breaker()] });
  expect(answerOf({ now: NOW, vendors: [healthy] })).toBe('Every vendor can be asked.');
  expect(answerOf({ now: NOW, vendors: [healthy, down] })).toBe('ReccoBeats is held back right now.');
  const stopped = vendor({ limited: { until: NOW, why: 'Spotify answered 429' } });
  expect(answerOf({ now: NOW, vendors: [stopped, down, healthy] })).toBe('Spotify and ReccoBeats are held back right now.');
  expect(answerOf({ now: NOW, vendors: [stopped, down] })).toBe('No vendor can be asked freely right now.');
});

test('use is compared with the budget when there is one', () => {
  expect(requestsSay(vendor())).toBe('3,012 requests in 24 hours, 12 of them in this one. The busiest hour took 50 % of what the budget gives.');
  expect(requestsSay(vendor({ requestsPerMinute: null }))).toBe('3,012 requests in 24 hours, 12 of them in this one.');
  expect(requestsSay(vendor({ hours: [] }))).toBe('Nothing was asked in the last 24 hours.');
  expect(paceSays(vendor())).toBe('100 requests a minute for all processes together.');
});

test('rate limits and cached responses are counted in words', () => {
  expect(stopsSay(vendor())).toBe('It never said stop in the last seven days.');
  expect(stopsSay(vendor({ stops: 1 }))).toBe('It said stop once in the last seven days.');
  expect(cacheSays({ hits: 1, misses: 3 }, 'MusicBrainz')).toBe('25 % of 4 questions in 30 days had a kept answer.');
  expect([lasted(NOW, '2026-11-21T12:00:30Z'), lasted(NOW, '2026-11-21T12:45:00Z'), lasted(NOW, '2026-11-22T05:00:00Z')]).toEqual([
    '30 s',
    '45 min',
    '17 h',
  ]);
});
