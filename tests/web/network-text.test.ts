import { isLocalPath } from '#web/features/auth/local-path.ts';
import { summarizeNetwork, freshnessLine } from '#web/features/playlists/network/network-summary.ts';
import { availableMoods } from '#web/features/playlists/network/moods.ts';
import { describeSignInProblem } from '#web/features/auth/sign-in-problem.ts';
import { searchEverywhere } from '#web/app/shell/search-everywhere.ts';
import { upsertRun } from '#web/ui/jobs/upsert-run.ts';
import { describeProblem, isTransientProblem } from '#web/lib/problem.ts';
import { numberInWords, joinNames } from '#web/lib/words.ts';
import { daysBetween, playingTime, trackLength, dayAndTime } from '#web/lib/dates.ts';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import type { NetworkView, PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';
import { SIGN_IN_PROBLEMS } from '#shared/contracts/auth/sign-in-problems.ts';
import { expect, test } from 'vitest';

const card = (over: Partial<PlaylistCard> = {}): PlaylistCard => ({
  index: 1,
  themeTag: 'Night Ferry',
  blurb: null,
  day: '2026-11-21',
  listDay: '2026-11-21',
  freshness: 'today',
  onSpotify: 'shown',
  since: '2026-11-21T04:11:00.000Z',
  unconfirmedSince: null,
  editedTracks: 0,
  size: 50,
  restDays: 30,
  daysOnRecord: 45,
  repeats: 0,
  changed: 10,
  sound: { energy: null, valence: null, tempo: null, acousticness: null, year: null },
  cover: null,
  artists: ['Ida Søholm', 'Élan'],
  ...over,
});

const network = (playlists: readonly PlaylistCard[], over: Partial<NetworkView> = {}): NetworkView => ({
  today: '2026-11-21',
  sandbox: true,
  recordings: 100,
  placedToday: 50,
  repeats: 0,
  placementsChecked: 500,
  shownAgain: [],
  daysOnRecord: 45,
  provedAt: '2026-11-21T05:02:00Z',
  playlists,
  ...over,
});

const run = (id: string, done: number) => ({ id, done }) as JobRunView;

test('the network page says that everything is fresh only when everything is', () => {
  expect(summarizeNetwork(network([card(), card({ index: 2 })]))).toEqual([
    'Fresh this morning.',
    'No repeats within each playlist’s window; 45 days on record.',
  ]);
  expect(summarizeNetwork(network([card(), card({ index: 2, freshness: 'unfilled' })]))[0]).toBe('1 of 2 fresh this morning.');
  expect(summarizeNetwork(network([card({ freshness: 'earlier' })]))[0]).not.toContain('Fresh');
  const again = card({ listDay: '2026-11-01' });
  expect(summarizeNetwork(network([again]))[0]).toBe('Earlier lists today.');
  expect(summarizeNetwork(network([again, card({ index: 2 })]))[0]).toBe('1 of 2 fresh this morning.');
});

test('a repeat is stated in the first sentence, not hidden', () => {
  expect(summarizeNetwork(network([card()], { repeats: 2 }))[1]).toContain('2 repeats');
  expect(freshnessLine(card({ repeats: 1 })).proof).toBe('1 repeat found');
});

test('neither the wall nor a card claims more days than are on record, nor the longest window for all', () => {
  expect(summarizeNetwork(network([card(), card({ restDays: 45 })], { daysOnRecord: 7 }))[1]).toBe(
    'No repeats within each playlist’s window; 7 days on record.',
  );
  const proofs = [7, 30, 31].map((daysOnRecord) => freshnessLine(card({ daysOnRecord })).proof);
  expect(proofs).toEqual(['no repeats in 7 days on record', 'no repeats in 30 days on record', 'no repeats within 30 days']);
  expect(freshnessLine(card({ daysOnRecord: 1 })).proof).toBe('no repeats in 1 day on record');
  expect(freshnessLine(card({ restDays: 0 })).proof).toBe('no repeat window');
  expect(freshnessLine(card({ daysOnRecord: 0 })).proof).toBe('no days on record yet');
});

test('repeats of a list that was shown again are named with their day, and are never mixed with others', () => {
  const again = [{ index: 1, themeTag: 'Night Ferry', day: '2026-11-20', repeats: 50 }];
  const two = [...again, { index: 2, themeTag: 'Blue Hour', day: '2026-11-21', repeats: 12 }];
  expect(summarizeNetwork(network([card()], { repeats: 50, shownAgain: again }))[1]).toBe('50 repeats: shown again by the operator on 20 November.');
  expect(summarizeNetwork(network([card()], { repeats: 62, shownAgain: two }))[1]).toBe(
    '62 repeats: shown again by the operator on 20 November and 21 November.',
  );
  expect(summarizeNetwork(network([card()], { repeats: 51, shownAgain: again }))[1]).toBe('51 repeats found.');
});

test('a card says what Spotify shows: an earlier list, an edit, a write that is not confirmed, or nothing', () => {
  const text = (over: Partial<PlaylistCard>) => freshnessLine(card(over)).text;
  expect(text({})).toBe('50 tracks');
  expect(text({ listDay: '2026-11-01' })).toBe('50 tracks, list from 1 November');
  expect(text({ day: '2026-11-20', listDay: '2026-11-20', freshness: 'earlier' })).toBe('List from 20 November');
  expect(text({ editedTracks: 2 })).toBe('50 tracks, 2 edited on Spotify');
  expect(text({ unconfirmedSince: '2026-11-21T05:00:00.000Z' })).toBe('50 tracks, update not confirmed');
  expect(text({ onSpotify: 'nowhere', since: null })).toBe('50 tracks, not on Spotify yet');
  expect(freshnessLine(card({ onSpotify: 'deleted' }))).toEqual({ text: 'Not on Spotify since 21 November', proof: null });
  expect(freshnessLine(card({ onSpotify: 'unknown' }))).toEqual({ text: 'Not readable since 21 November', proof: null });
});

test('a playlist without any list says so, on its first day, unfilled, and while an account hosts it', () => {
  const none = { day: null, listDay: null, size: 0, daysOnRecord: 0, since: null };
  expect(freshnessLine(card({ ...none, freshness: 'waiting', onSpotify: 'nowhere' }))).toEqual({ text: 'No list yet', proof: null });
  expect(freshnessLine(card({ ...none, freshness: 'unfilled', onSpotify: 'nowhere' }))).toEqual({ text: 'Could not be filled today', proof: null });
  expect(freshnessLine(card({ ...none, freshness: 'waiting', onSpotify: 'unknown' }))).toEqual({ text: 'No list yet', proof: null });
});

test('a list that could not be filled never shows a proof', () => {
  expect(freshnessLine(card({ freshness: 'unfilled' })).proof).toBeNull();
});

test('a mood is offered only when it divides the network, and an unknown number is in neither part', () => {
  const calm = card({ index: 2, sound: { ...card().sound, energy: 0.2 } });
  expect(availableMoods([card(), calm])).toEqual(['calm']);
  expect(availableMoods([calm])).toEqual([]);
});

test('search ignores case and accents, knows numbers and artists, and offers pages only to the operator', () => {
  const cards = [card(), card({ index: 12, themeTag: 'Blue Hour', artists: ['Paloma'] })];
  expect(searchEverywhere('elan', cards, false).map((one) => one.name)).toEqual(['Night Ferry']);
  expect(searchEverywhere('012', cards, false).map((one) => one.name)).toEqual(['Blue Hour']);
  expect(searchEverywhere('import', cards, false)).toEqual([]);
  expect(searchEverywhere('import', cards, true).map((one) => one.kind)).toEqual(['page']);
});

test('a server error is shown with its message; any other failure is called a connection problem, not an error of ours', () => {
  const error = Object.assign(new Error('x'), {
    data: { path: 'catalog.submitImport', error: { code: 'too_large', message: 'Too long.', remedy: 'Split it.', field: 'text' } },
  });
  expect(describeProblem(error)).toMatchObject({ message: 'Too long.', remedy: 'Split it.', field: 'text', code: 'too_large' });
  expect(isTransientProblem(error)).toBe(false);
  expect(describeProblem(new TypeError('Failed to fetch')).code).toBe('offline');
  expect(isTransientProblem(new TypeError('Failed to fetch'))).toBe(true);
});

test('after signing in one returns only to an address of this site', () => {
  expect(isLocalPath('/admin/intake?status=failed')).toBe(true);
  for (const foreign of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', undefined])
    expect(isLocalPath(foreign)).toBe(false);
});

test('a sign-in problem from the URL is never shown as it is written there', () => {
  expect(describeSignInProblem('state_expired')).toBe(SIGN_IN_PROBLEMS.state_expired);
  for (const problem of ['<b>', 'toString', '__proto__']) expect(describeSignInProblem(problem)).toBe(SIGN_IN_PROBLEMS.unexpected);
});

test('a run that moves keeps its place in the list, and a new one comes first', () => {
  expect(upsertRun([run('a', 1), run('b', 1)], run('b', 2), 5)).toEqual([run('a', 1), run('b', 2)]);
  expect(upsertRun([run('a', 1), run('b', 1)], run('c', 0), 2).map((one) => one.id)).toEqual(['c', 'a']);
});

test('numbers and days read as in a sentence', () => {
  expect([numberInWords(0), numberInWords(24), numberInWords(30), numberInWords(100)]).toEqual(['no', 'twenty-four', 'thirty', '100']);
  expect(joinNames(['A', 'B', 'C'])).toBe('A, B and C');
  expect(trackLength(264_000)).toBe('4:24');
  expect(playingTime(10_680_000)).toBe('2 h 58 min');
  expect(daysBetween('2026-02-27', '2026-03-01T10:00:00Z')).toBe(2);
  expect(dayAndTime('2026-11-21T05:02:11Z', '2026-11-21')).toBe('today, 05:02 UTC');
});
