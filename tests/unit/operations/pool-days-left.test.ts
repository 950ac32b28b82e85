import type { LatestSnapshot } from '#server/repos/playlists/network-views.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { AccountRow } from '#shared/contracts/accounts/account-row.ts';
import { listRemainingSupply } from '#server/use-cases/operations/list-remaining-supply.ts';
import { policyV1 } from '#shared/contracts/policies/policy.ts';
import { describe, expect, test } from 'vitest';

function drynessOf(policy: { turnover: number }, counts: { pool: number; candidates: number }) {
  const body = policyV1.parse({ version: 1, pool: { all: [] }, size: 50, rest: { days: 30, scope: 'network' }, ...policy });
  const playlist = { id: 'p1', policyId: 'policy', policyName: 'Everything', policy: body } as CuratedPlaylist;
  const snapshot = { playlistId: 'p1', day: '2026-11-21', report: counts } as LatestSnapshot;
  return { playlists: [playlist], snapshots: [snapshot], accounts: [], now: new Date('2026-11-21T04:00:00Z') };
}

describe('how long until a pool runs out', () => {
  test('a pool that covers a list and its repeat window lasts', () => {
    expect(listRemainingSupply(drynessOf({ turnover: 1 }, { pool: 1_500, candidates: 50 }))).toMatchObject([{ when: 'lasts', left: 1 }]);
  });

  test('a smaller one lasts as many days as its available recordings make lists', () => {
    expect(listRemainingSupply(drynessOf({ turnover: 1 }, { pool: 1_499, candidates: 200 }))).toMatchObject([
      { when: 'about 3 days', level: 'soon' },
    ]);
  });

  test('tracks that stay in the list use up no music', () => {
    expect(listRemainingSupply(drynessOf({ turnover: 0.2 }, { pool: 340, candidates: 50 }))).toMatchObject([{ when: 'lasts' }]);
    expect(listRemainingSupply(drynessOf({ turnover: 0.2 }, { pool: 339, candidates: 100 }))).toMatchObject([{ when: 'about 5 days' }]);
  });
});

test('days until an authorization expires are counted by the calendar, as on the accounts page', () => {
  const account = { displayName: 'North', status: 'active', reauthBy: '2027-05-21T03:00:00.000Z' } as AccountRow;
  const dry = listRemainingSupply({ playlists: [], snapshots: [], accounts: [account], now: new Date('2026-11-21T04:00:00Z') });
  expect(dry).toMatchObject([{ what: 'Authorization of North', when: '181 days', detail: 'owner must re-authorize by 21 May' }]);
});
