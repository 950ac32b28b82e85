import type { ScalingStats } from '#shared/contracts/scaling/scaling.ts';
import { isLost, isUsable, whyNoNewReplicas } from '#shared/domain/accounts/hosting.ts';
import type { HostingAccount } from '#shared/domain/accounts/hosting.ts';
import type { ScalingFacts, ScalingReplica } from './scaling-facts.ts';

type Settings = ScalingFacts['settings'];

/** Slots of each account: all it offers while it accepts new replicas, otherwise only those in use, none when it is lost. */
export function slotsOf(accounts: readonly HostingAccount[], replicas: readonly ScalingReplica[], settings: Settings): number[] {
  const hosted = new Map<string, number>();
  for (const { accountId, isLeaving } of replicas) if (!isLeaving) hosted.set(accountId, (hosted.get(accountId) ?? 0) + 1);
  return accounts.map((account) => {
    if (isLost(account, settings)) return 0;
    if (whyNoNewReplicas(account, settings) === undefined) return account.maxPlaylists;
    return Math.min(account.maxPlaylists, hosted.get(account.id) ?? 0);
  });
}

/**
 * The most playlists that can have `copies` different accounts each: the largest P with `Σ min(slots, P) ≥ copies × P` (Gale 1957). An account with many
 * slots helps only as far as other accounts can host the other copies.
 */
export function listsThatFit(slots: readonly number[], copies: number): number {
  const fits = (lists: number) => slots.reduce((sum, room) => sum + Math.min(room, lists), 0) >= copies * lists;
  let [low, high] = [0, slots.reduce((sum, room) => sum + room, 0)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Number of further accounts with `roomEach` slots needed for so many playlists; null when no number is enough. */
export function accountsMissing(
  slots: readonly number[],
  { lists, copies, roomEach }: { lists: number; copies: number; roomEach: number },
): number | null {
  if (roomEach <= 0) return null;
  const most = Math.ceil((lists * copies) / Math.min(roomEach, Math.max(1, lists)));
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (listsThatFit([...slots, ...Array.from({ length: middle }, () => roomEach)], copies) >= lists) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Sentences that say why the wanted playlists do not fit the accounts, and what to do; empty when they fit. */
export function explainMissingSlots({ settings, accounts, replicas }: ScalingFacts, stats: ScalingStats, wanted: number): string[] {
  const connected = accounts.filter((account) => !account.isDisconnected);
  const copies = stats.replicationFactor;
  if (wanted <= stats.capacity && (copies <= stats.usableAccounts || stats.playlists === 0)) return [];
  if (connected.length === 0)
    return [`Not possible yet: ${lists(wanted)} ${wanted === 1 ? 'needs' : 'need'} an account, and none is connected. Connect an account.`];
  if (stats.usableAccounts === 0)
    return [
      `Not possible: every playlist should be hosted on ${accountCount(copies)}, and none is usable: ${whyUnusable(connected)}. The Accounts page shows what each one needs.`,
    ];
  const slots = slotsOf(accounts, replicas, settings);
  const roomEach = Math.max(...connected.map((account) => account.maxPlaylists));
  const missing = accountsMissing(slots, { lists: wanted, copies, roomEach });
  if (copies > stats.usableAccounts) {
    const only = stats.usableAccounts === 1 ? 'only one is' : `only ${stats.usableAccounts} are`;
    return [
      `Not possible: every playlist should be hosted on ${accountCount(copies)}, and ${only} usable. ${remedy(settings, connected.length, missing)}`,
    ];
  }
  const apart = copies === 1 ? '' : ` on ${accountCount(copies)} each`;
  const tight = `${lists(wanted)}${apart} do not fit: there is room for ${amount(stats.capacity)}.`;
  const closed = describeBlockedSlots(accounts, settings);
  const isBeyond = missing !== null && connected.length + missing > settings.usersPerApp;
  return [`Not possible${isBeyond ? '' : ' yet'}: ${tight} ${remedy(settings, connected.length, missing)}${closed}`];
}

function remedy({ usersPerApp, appsPerDeveloper }: Settings, connected: number, missing: number | null): string {
  if (missing === null || missing === 0) return 'Raise the playlist limit of the accounts.';
  const people = connected + missing;
  if (people <= usersPerApp) return missing === 1 ? 'Connect one more account.' : `Connect ${amount(missing)} more accounts.`;
  const apps = Math.ceil(people / usersPerApp);
  const limit = `${accountCount(people)} would be needed, and Spotify allows at most ${amount(usersPerApp)} users per app`;
  const other = 'Raise the playlist limit of the accounts, or request an extended quota from Spotify.';
  if (apps > appsPerDeveloper) return `${limit} and ${amount(appsPerDeveloper)} apps per developer. ${other}`;
  return `${limit}. That takes ${amount(apps)} of the ${amount(appsPerDeveloper)} apps that a developer may have, each with its own Segue installation. ${other}`;
}

function whyUnusable(connected: readonly HostingAccount[]): string {
  const off = connected.filter((account) => account.status === 'disabled').length;
  const expired = connected.length - off;
  const says = [
    expired === 0 ? '' : `${accountCount(expired)} ${expired === 1 ? 'needs' : 'need'} re-authorization`,
    off === 0 ? '' : `${accountCount(off)} ${off === 1 ? 'is' : 'are'} disabled`,
  ];
  return says.filter((one) => one !== '').join(', ');
}

/** Slots that exist but cannot be used, and how to free them. */
function describeBlockedSlots(accounts: readonly HostingAccount[], settings: Settings): string {
  const ending = accounts.filter((account) => isUsable(account) && account.status === 'active' && whyNoNewReplicas(account, settings) !== undefined);
  const waiting = accounts.filter((account) => !account.isDisconnected && account.status !== 'disabled' && !isUsable(account));
  const says = [
    ending.length === 0
      ? ''
      : ` ${capitalized(accountCount(ending.length))} ${ending.length === 1 ? 'takes no new playlists because its authorization expires' : 'take no new playlists because their authorizations expire'} soon.`,
    waiting.length === 0 ? '' : ` ${capitalized(accountCount(waiting.length))} ${waiting.length === 1 ? 'needs' : 'need'} re-authorization.`,
  ].join('');
  return says === '' ? '' : `${says} Re-authorizing frees these slots again.`;
}

const amount = (value: number) => value.toLocaleString('en');
const lists = (count: number) => (count === 1 ? 'one playlist' : `${amount(count)} playlists`);
const accountCount = (count: number) => (count === 1 ? 'one account' : `${amount(count)} accounts`);
const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
