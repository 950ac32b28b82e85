import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import type { Alert } from '#shared/contracts/alerts.ts';
import type { PlaylistAdminRow } from '#shared/contracts/playlists/playlist-views.ts';
import { filterAccounts } from '#web/features/accounts/account-filter.ts';
import { filterPlaylists } from '#web/features/operations/today/playlist-filter.ts';
import { groupAlerts } from '#web/features/operations/today/alert-groups.ts';
import { matchesSearch } from '#web/lib/search-match.ts';
import { expect, test } from 'vitest';

const playlist = (index: number, row: Partial<PlaylistAdminRow> = {}): PlaylistAdminRow => ({
  index,
  themeTag: `Theme ${index}`,
  status: 'active',
  policyName: 'Everything',
  policyVersion: 1,
  today: 'published',
  shortfall: [],
  lastSyncedDay: '2026-11-21',
  account: null,
  spotifyUrl: null,
  handEdits: 'merge',
  ...row,
});
const account = (displayName: string, row: Partial<AccountView> = {}) =>
  ({ displayName, status: 'active', missingKey: null, reauthStep: null, reauthBy: '2027-05-21T00:00:00.000Z', ...row }) as AccountView;
const alertOf = (key: string, level: Alert['level'] = 'warning'): Alert => ({ key, level, what: `What of ${key}`, detail: '', action: null });

test('a word is found ignoring case and accents, and every word must be found', () => {
  expect(matchesSearch('HORA azul', ['Hóra', null, 'Azul'])).toBe(true);
  expect(matchesSearch('hora verde', ['Hóra', 'Azul'])).toBe(false);
  expect(matchesSearch('  ', ['anything'])).toBe(true);
});

test('playlists are filtered by theme, number, policy and account, and by what is missing today', () => {
  const rows = [
    playlist(7, { themeTag: 'Night Ferry' }),
    playlist(42, { today: 'unfilled', lastSyncedDay: '2026-11-20' }),
    playlist(43, { account: 'Segue North', lastSyncedDay: null }),
    playlist(44, { status: 'retired', today: null, lastSyncedDay: null }),
  ];
  const filteredIndexes = (find: string, only?: 'unfilled' | 'unwritten') =>
    filterPlaylists(rows, { find, only, today: '2026-11-21' }).map(({ index }) => index);
  expect(filteredIndexes('ferry')).toEqual([7]);
  expect(filteredIndexes('042')).toEqual([42]);
  expect(filteredIndexes('north')).toEqual([43]);
  expect(filteredIndexes('', 'unfilled')).toEqual([42]);
  expect(filteredIndexes('', 'unwritten')).toEqual([42, 43]);
});

test('the accounts that need a person come first, then those whose authorization expires soonest', () => {
  const accounts = [
    account('Fine'),
    account('Soon', { reauthStep: 14, reauthBy: '2026-12-01T00:00:00.000Z' }),
    account('Off', { status: 'disabled' }),
    account('Held', { status: 'limited' }),
    account('Ended', { status: 'needs_reauth', reauthStep: 0 }),
    account('Locked', { missingKey: 'k1', reauthBy: '2027-06-21T00:00:00.000Z' }),
    account('Off and locked', { status: 'disabled', missingKey: 'k1' }),
  ];
  const filteredNames = (only?: 'ended' | 'ending') => filterAccounts(accounts, { find: '', only }).map(({ displayName }) => displayName);
  expect(filteredNames()).toEqual(['Ended', 'Locked', 'Held', 'Soon', 'Fine', 'Off', 'Off and locked']);
  expect(filteredNames('ending')).toEqual(['Soon']);
  expect(filteredNames('ended')).toEqual(['Ended', 'Locked']);
});

test('many alerts of one kind and level are one line in the first one’s place; two stay two lines', () => {
  const groups = groupAlerts([
    alertOf('account:a:reauth', 'critical'),
    alertOf('sync:waiting:2026-11-21', 'critical'),
    alertOf('account:b:reauth', 'critical'),
    alertOf('account:c:reauth', 'critical'),
    alertOf('account:d:reauth', 'info'),
    alertOf('sync:lost:1'),
    alertOf('sync:lost:2'),
    alertOf('policy:x:unknown:1'),
    alertOf('policy:y:unknown:1'),
    alertOf('policy:z:unknown:1'),
  ]);
  expect(groups.map(({ what, alerts }) => [what, alerts.length])).toEqual([
    ['3 accounts must be re-authorized now', 3],
    ['What of sync:waiting:2026-11-21', 1],
    ['What of account:d:reauth', 1],
    ['What of sync:lost:1', 1],
    ['What of sync:lost:2', 1],
    ['What of policy:x:unknown:1, and 2 more', 3],
  ]);
});
