import type { LatestSnapshot } from '#server/repos/playlists/network-views.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { AccountRow } from '#shared/contracts/accounts/account-row.ts';
import type { OverviewView } from '#shared/contracts/operations/overview.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';

interface SupplyFacts {
  readonly playlists: readonly CuratedPlaylist[];
  readonly snapshots: readonly LatestSnapshot[];
  readonly accounts: readonly AccountRow[];
  readonly now: Date;
}

type SupplyRow = OverviewView['runningOut'][number] & { readonly days: number };

/** Lifetime of a refresh token: six months. */
const TOKEN_DAYS = 182;
/** Row limit; the page shows the first few until expanded. */
const SHOWN = 200;
const SOON_DAYS = 14;

/** Remaining supply, soonest to run out first: the pool of each policy at its present rate, and each account's authorization. */
export function listRemainingSupply({ playlists, snapshots, accounts, now }: SupplyFacts): OverviewView['runningOut'] {
  const policies = new Map(playlists.map((playlist) => [playlist.policyId, playlist]));
  const pools = [...policies.values()].flatMap((playlist) => poolSupply(playlist, playlists, snapshots));
  const tokens = accounts.filter((account) => account.status === 'active').map((account) => tokenSupply(account, now));
  const all = [...pools, ...tokens].toSorted((a, b) => a.days - b.days || a.what.localeCompare(b.what));
  return all.slice(0, SHOWN).map(({ days: _days, ...row }) => row);
}

/**
 * A pool that covers the lists and all recordings in their repeat window never runs out; a smaller one lasts as long as its available recordings.
 * Only the share that changes every day uses recordings. The newest report of any of the policy's playlists stands for all of them.
 */
function poolSupply(playlist: CuratedPlaylist, playlists: readonly CuratedPlaylist[], snapshots: readonly LatestSnapshot[]): SupplyRow[] {
  const sharing = playlists.filter((other) => other.policyId === playlist.policyId);
  const ids = new Set(sharing.map((other) => other.id));
  const newest = snapshots
    .filter((row) => ids.has(row.playlistId))
    .toSorted((a, b) => b.day.localeCompare(a.day) || a.report.candidates - b.report.candidates)[0];
  if (!newest) return [];
  const { pool, candidates } = newest.report;
  const { size, turnover, rest } = playlist.policy;
  const perDay = Math.round(size * turnover) * sharing.length;
  const needed = size * sharing.length + perDay * Math.max(0, rest.days - 1);
  const what = `Pool of “${playlist.policyName}”`;
  const left = Math.min(1, pool / needed);
  if (pool >= needed)
    return [
      {
        what,
        when: 'lasts',
        left: 1,
        detail: `${amount(pool)} recordings for ${amount(needed)} slots in ${counted(rest.days, 'day')}`,
        level: 'ok',
        days: 100_000,
      },
    ];
  const days = Math.floor(Math.max(0, candidates - size) / Math.max(1, perDay));
  const level = days === 0 ? 'dry' : days <= SOON_DAYS ? 'soon' : 'ok';
  return [
    {
      what,
      when: days === 0 ? 'dry now' : `about ${counted(days, 'day')}`,
      left,
      detail: `${amount(candidates)} can play now, ${amount(perDay)} used a day`,
      level,
      days,
    },
  ];
}

function tokenSupply(account: AccountRow, now: Date): SupplyRow {
  // Calendar days, as on the accounts page.
  const days = Math.max(0, dayNumber(account.reauthBy.slice(0, 10)) - dayNumber(dayOf(now)));
  const level = days === 0 ? 'dry' : days <= SOON_DAYS ? 'soon' : 'ok';
  return {
    what: `Authorization of ${account.displayName}`,
    when: days === 0 ? 'expires today' : counted(days, 'day'),
    left: Math.min(1, days / TOKEN_DAYS),
    detail: `owner must re-authorize by ${dayWords(account.reauthBy)}`,
    level,
    days,
  };
}

const amount = (value: number) => value.toLocaleString('en');
const counted = (count: number, one: string) => `${amount(count)} ${one}${count === 1 ? '' : 's'}`;
const dayWords = (instant: string) => new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
