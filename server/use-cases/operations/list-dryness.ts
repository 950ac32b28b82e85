import type { LatestSnapshot } from '#server/repos/playlists/network-views.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { AccountRow, OverviewView } from '#shared/contracts/views.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';

interface Stocks {
  readonly playlists: readonly CuratedPlaylist[];
  readonly snapshots: readonly LatestSnapshot[];
  readonly accounts: readonly AccountRow[];
  readonly now: Date;
}

type Dryness = OverviewView['dry'][number] & { readonly days: number };

/** Refresh tokens live six months. */
const TOKEN_DAYS = 182;
/** More than anybody reads; the screen shows the first few until it is asked for the others. */
const SHOWN = 200;
const SOON_DAYS = 14;

/** What is finite, soonest first: the pool behind each policy at its present rate, and each account's authorisation. */
export function listDryness({ playlists, snapshots, accounts, now }: Stocks): OverviewView['dry'] {
  const policies = new Map(playlists.map((playlist) => [playlist.policyId, playlist]));
  const pools = [...policies.values()].flatMap((playlist) => poolDryness(playlist, playlists, snapshots));
  const tokens = accounts.filter((account) => account.status === 'active').map((account) => tokenDryness(account, now));
  const all = [...pools, ...tokens].toSorted((a, b) => a.days - b.days || a.what.localeCompare(b.what));
  return all.slice(0, SHOWN).map(({ days: _days, ...row }) => row);
}

/**
 * A pool that holds the lists and what rests behind them never runs dry; a smaller one lasts as long as its rested recordings do. What stays in a
 * list rests nothing, so only the share that changes a day uses music up.
 * The newest report of any of the policy's playlists speaks for all of them.
 */
function poolDryness(playlist: CuratedPlaylist, playlists: readonly CuratedPlaylist[], snapshots: readonly LatestSnapshot[]): Dryness[] {
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
        detail: `${amount(pool)} recordings for ${amount(needed)} places in ${counted(rest.days, 'day')}`,
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
      detail: `${amount(candidates)} rested, ${amount(perDay)} used a day`,
      level,
      days,
    },
  ];
}

function tokenDryness(account: AccountRow, now: Date): Dryness {
  // Counted by the calendar, as the accounts page does.
  const days = Math.max(0, dayNumber(account.reauthBy.slice(0, 10)) - dayNumber(dayOf(now)));
  const level = days === 0 ? 'dry' : days <= SOON_DAYS ? 'soon' : 'ok';
  return {
    what: `Permission of ${account.displayName}`,
    when: days === 0 ? 'ends today' : counted(days, 'day'),
    left: Math.min(1, days / TOKEN_DAYS),
    detail: `its owner must agree again by ${dayWords(account.reauthBy)}`,
    level,
    days,
  };
}

const amount = (value: number) => value.toLocaleString('en');
const counted = (count: number, one: string) => `${amount(count)} ${one}${count === 1 ? '' : 's'}`;
const dayWords = (instant: string) => new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
