import type { ScalingStats } from '#shared/contracts/scaling/scaling.ts';
import type { ScalingAccount, ScalingFacts, ScalingReplica } from './scaling-facts.ts';

type Settings = ScalingFacts['settings'];

/** Why an account takes no new replicas; undefined when it does. */
export function whyNoNewReplicas(account: ScalingAccount, settings: Settings): string | undefined {
  if (account.isDisconnected) return 'disconnected';
  if (account.status === 'disabled') return 'switched off';
  if (account.status === 'needs_reauth' || account.daysLeft < 0) return 'its owner has to say yes to Spotify again';
  if (account.status === 'limited') return 'Spotify limits it at the moment';
  if (account.daysLeft <= settings.expiringWithinDays) return `its permission ends in ${account.daysLeft} ${account.daysLeft === 1 ? 'day' : 'days'}`;
  return undefined;
}

/** Whether an account has been unusable for so long that its replicas go to others. */
export function isLost(account: ScalingAccount, settings: Settings): boolean {
  if (account.isDisconnected) return true;
  const isOut = account.status === 'disabled' || account.status === 'needs_reauth';
  return isOut && (account.statusDays ?? 0) >= settings.lostAfterDays;
}

/** Whether lists on the account can be written today. */
export function isUsable({ isDisconnected, status, daysLeft }: ScalingAccount): boolean {
  return !isDisconnected && daysLeft >= 0 && (status === 'active' || status === 'limited');
}

/** Replicas that each account can have: all it lends while it takes new ones, what it carries already while it does not, none when it is lost. */
export function roomsOf(accounts: readonly ScalingAccount[], replicas: readonly ScalingReplica[], settings: Settings): number[] {
  const carried = new Map<string, number>();
  for (const { accountId, isLeaving } of replicas) if (!isLeaving) carried.set(accountId, (carried.get(accountId) ?? 0) + 1);
  return accounts.map((account) => {
    if (isLost(account, settings)) return 0;
    if (whyNoNewReplicas(account, settings) === undefined) return account.maxPlaylists;
    return Math.min(account.maxPlaylists, carried.get(account.id) ?? 0);
  });
}

/**
 * The most lists that can stand on `copies` different accounts each: the largest P with `Σ min(room, P) ≥ copies × P` (Gale 1957). An account
 * with much room helps only as far as there are others for the other copies.
 */
export function listsThatFit(rooms: readonly number[], copies: number): number {
  const fits = (lists: number) => rooms.reduce((sum, room) => sum + Math.min(room, lists), 0) >= copies * lists;
  let [low, high] = [0, rooms.reduce((sum, room) => sum + room, 0)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Accounts of the given room that have to come so that so many lists fit; null when no number of them would do. */
export function accountsMissing(
  rooms: readonly number[],
  { lists, copies, roomEach }: { lists: number; copies: number; roomEach: number },
): number | null {
  if (roomEach <= 0) return null;
  const most = Math.ceil((lists * copies) / Math.min(roomEach, Math.max(1, lists)));
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (listsThatFit([...rooms, ...Array.from({ length: middle }, () => roomEach)], copies) >= lists) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** "Not possible, because…" of what is wanted of the accounts, with what would help; empty when everything fits. */
export function findNoRoom({ settings, accounts, replicas }: ScalingFacts, stats: ScalingStats, hoped: number): string[] {
  const connected = accounts.filter((account) => !account.isDisconnected);
  const copies = stats.replicationFactor;
  if (hoped <= stats.capacity && (copies <= stats.usableAccounts || stats.playlists === 0)) return [];
  if (connected.length === 0)
    return [`Not possible yet: no account is connected, and ${lists(hoped)} ${hoped === 1 ? 'wants' : 'want'} one. Connect an account.`];
  if (stats.usableAccounts === 0)
    return [
      `Not possible: every playlist should stand on ${accountWords(copies)}, and none is usable: ${whyUnusable(connected)}. The accounts page says what each needs.`,
    ];
  const rooms = roomsOf(accounts, replicas, settings);
  const roomEach = Math.max(...connected.map((account) => account.maxPlaylists));
  const missing = accountsMissing(rooms, { lists: hoped, copies, roomEach });
  if (copies > stats.usableAccounts) {
    const only = stats.usableAccounts === 1 ? 'only one is' : `only ${stats.usableAccounts} are`;
    return [
      `Not possible: every playlist should stand on ${accountWords(copies)}, and ${only} usable. ${remedy(settings, connected.length, missing)}`,
    ];
  }
  const apart = copies === 1 ? '' : ` on ${accountWords(copies)} each`;
  const tight = `${lists(hoped)}${apart} do not fit: there is room for ${amount(stats.capacity)}.`;
  const closed = closedRoom(accounts, settings);
  const isBeyond = missing !== null && connected.length + missing > settings.usersPerApp;
  return [`Not possible${isBeyond ? '' : ' yet'}: ${tight} ${remedy(settings, connected.length, missing)}${closed}`];
}

function remedy({ usersPerApp, appsPerDeveloper }: Settings, connected: number, missing: number | null): string {
  if (missing === null || missing === 0) return 'Raise the room of the accounts.';
  const people = connected + missing;
  if (people <= usersPerApp) return `Connect ${accountWords(missing)} more.`;
  const apps = Math.ceil(people / usersPerApp);
  const limit = `${accountWords(people)} would be needed, and Spotify lets at most ${amount(usersPerApp)} people use one app`;
  const other = 'Raise the room of the accounts, or ask Spotify for an extended quota.';
  if (apps > appsPerDeveloper) return `${limit}, and a developer have ${amount(appsPerDeveloper)} apps. ${other}`;
  return `${limit}: that is ${amount(apps)} apps, of the ${amount(appsPerDeveloper)} that a developer may have, each with a house of its own. ${other}`;
}

function whyUnusable(connected: readonly ScalingAccount[]): string {
  const off = connected.filter((account) => account.status === 'disabled').length;
  const waiting = connected.length - off;
  const says = [
    waiting === 0 ? '' : `${accountWords(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for the owner to say yes to Spotify again`,
    off === 0 ? '' : `${accountWords(off)} ${off === 1 ? 'is' : 'are'} switched off`,
  ];
  return says.filter((one) => one !== '').join(', ');
}

/** Room that is there but closed, with what opens it. */
function closedRoom(accounts: readonly ScalingAccount[], settings: Settings): string {
  const ending = accounts.filter((account) => isUsable(account) && account.status === 'active' && whyNoNewReplicas(account, settings) !== undefined);
  const waiting = accounts.filter((account) => !account.isDisconnected && account.status !== 'disabled' && !isUsable(account));
  const says = [
    ending.length === 0
      ? ''
      : ` ${opening(accountWords(ending.length))} ${ending.length === 1 ? 'takes' : 'take'} nothing new because the permission ends soon.`,
    waiting.length === 0 ? '' : ` ${opening(accountWords(waiting.length))} ${waiting.length === 1 ? 'waits' : 'wait'} for the owner.`,
  ].join('');
  return says === '' ? '' : `${says} Reconnecting opens that room again.`;
}

const amount = (value: number) => value.toLocaleString('en');
const lists = (count: number) => (count === 1 ? 'one playlist' : `${amount(count)} playlists`);
const accountWords = (count: number) => (count === 1 ? 'one account' : `${amount(count)} accounts`);
const opening = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
