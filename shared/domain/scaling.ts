import type { ScalingAction, ScalingPlanBody, ScalingStats } from '../contracts/scaling.ts';
import type { NetworkSettings } from '../contracts/settings.ts';
import type { AccountStatus } from '../vocabulary.ts';
import { planRendezvous } from './rendezvous.ts';
import type { Carrier, RendezvousMoves } from './rendezvous.ts';
import { chooseAdditions, chooseRetirements } from './scaling-lists.ts';
import type { ScalingPlaylist, ScalingPolicy } from './scaling-lists.ts';

export interface ScalingAccount {
  readonly id: string;
  readonly displayName: string;
  readonly status: AccountStatus;
  readonly maxPlaylists: number;
  /** Whole days until its authorisation ends; negative when it has. */
  readonly daysLeft: number;
  /** Whole days since it has its status; null when that is not known. */
  readonly statusDays: number | null;
  readonly isDisconnected: boolean;
}

export interface ScalingReplica {
  readonly id: string;
  readonly playlistId: string;
  readonly accountId: string;
  readonly isLive: boolean;
}

/** Everything a scaling plan is decided from; nothing of it is looked up on the way. */
export interface ScalingFacts {
  readonly day: string;
  readonly settings: NetworkSettings['scaling'];
  /** Recordings that could be placed at all (T). */
  readonly recordings: number;
  readonly policies: readonly ScalingPolicy[];
  /** Active playlists by number. */
  readonly playlists: readonly ScalingPlaylist[];
  readonly accounts: readonly ScalingAccount[];
  /** Replicas of active playlists that are not retired. */
  readonly replicas: readonly ScalingReplica[];
  digest(text: string): string;
}

/** Reads and writes that a replica costs on a day on which its list changes. */
const REQUESTS_A_REPLICA = 3;

/**
 * Decides how many playlists the network should have, `P* = ceil(T / (K × R))` within floor, room and the platform's limits, and on which
 * accounts they stand. Says of every action why, and of everything wanted that cannot be, because of what. Same facts, same plan.
 */
export function planScaling(facts: ScalingFacts): ScalingPlanBody {
  const stats = countStats(facts);
  const additions = chooseAdditions(facts.policies, { count: Math.max(0, stats.wanted - stats.playlists), ceiling: stats.ceiling });
  const retirements = chooseRetirements(facts.playlists, { count: Math.max(0, stats.playlists - stats.wanted), ceiling: stats.ceiling });
  const retired = new Set(retirements.map((action) => action.playlistId));
  const staying = facts.playlists.filter((playlist) => !retired.has(playlist.id));
  const moves = planRendezvous({
    playlistIds: staying.map((playlist) => playlist.id),
    carriers: facts.accounts.flatMap((account) => carrierOf(account, facts.settings)),
    standing: facts.replicas.map(({ playlistId, accountId }) => ({ playlistId, carrierId: accountId })),
    copies: facts.settings.replicationFactor,
    digest: (text) => facts.digest(text),
  });
  const actions = [...additions.actions, ...retirements, ...placeActions(facts, moves), ...leaveActions(facts, moves, retired)];
  const touched = actions.length / Math.max(1, facts.playlists.length + facts.replicas.length);
  return {
    version: 1,
    day: facts.day,
    stats,
    actions,
    reasons: [...explainNumber(stats), ...additions.reasons],
    impossible: findImpossible(facts, stats, moves),
    touches: Math.min(1, Math.round(touched * 10_000) / 10_000),
  };
}

/** Why an account takes no new replicas; undefined when it does. */
export function whyNoNewReplicas(account: ScalingAccount, settings: ScalingFacts['settings']): string | undefined {
  if (account.isDisconnected) return 'disconnected';
  if (account.status === 'disabled') return 'switched off';
  if (account.status === 'needs_reauth' || account.daysLeft < 0) return 'its owner has to say yes to Spotify again';
  if (account.status === 'limited') return 'Spotify limits it at the moment';
  if (account.daysLeft <= settings.expiringWithinDays)
    return `its authorisation ends in ${account.daysLeft} ${account.daysLeft === 1 ? 'day' : 'days'}`;
  return undefined;
}

function carrierOf(account: ScalingAccount, settings: ScalingFacts['settings']): Carrier[] {
  if (isGone(account, settings)) return [];
  return [{ id: account.id, capacity: account.maxPlaylists, takesNew: whyNoNewReplicas(account, settings) === undefined }];
}

function isGone(account: ScalingAccount, settings: ScalingFacts['settings']): boolean {
  if (account.isDisconnected) return true;
  const isOut = account.status === 'disabled' || account.status === 'needs_reauth';
  return isOut && (account.statusDays ?? 0) >= settings.lostAfterDays;
}

function countStats({ settings, recordings, policies, playlists, accounts }: ScalingFacts): ScalingStats {
  const lists = policies.reduce((sum, policy) => sum + policy.lists, 0);
  const mean = (of: (policy: ScalingPolicy) => number) =>
    lists === 0 ? undefined : Math.max(1, Math.round(policies.reduce((sum, policy) => sum + of(policy) * policy.lists, 0) / lists));
  const tracksPerPlaylist = settings.tracksPerPlaylist ?? mean((policy) => policy.size) ?? 50;
  const restDays = settings.restDays ?? mean((policy) => policy.restDays) ?? 30;
  const ceiling = Math.ceil(recordings / (tracksPerPlaylist * restDays));
  const usable = accounts.filter((account) => !isGone(account, settings) && account.status !== 'needs_reauth');
  const capacity = Math.floor(usable.reduce((sum, account) => sum + account.maxPlaylists, 0) / settings.replicationFactor);
  const payable = settings.requestsPerDay === null ? null : Math.floor(settings.requestsPerDay / REQUESTS_A_REPLICA);
  const bounded = Math.min(Math.max(settings.floorTotalPlaylists, ceiling), settings.maxTotalPlaylists ?? Infinity);
  const affordable = payable === null ? Infinity : Math.floor(payable / settings.replicationFactor);
  // Too little room opens no new lists; it closes none either: those that stand wait for room.
  const wanted = bounded > playlists.length ? Math.max(playlists.length, Math.min(bounded, capacity, affordable)) : bounded;
  const lastsDays = wanted === 0 ? restDays : Math.floor(recordings / (tracksPerPlaylist * wanted));
  return {
    recordings,
    tracksPerPlaylist,
    restDays,
    ceiling,
    floor: settings.floorTotalPlaylists,
    capacity,
    usableAccounts: usable.length,
    replicationFactor: settings.replicationFactor,
    payableReplicas: payable,
    playlists: playlists.length,
    wanted,
    overcommittedDays: Math.max(0, restDays - lastsDays),
  };
}

function explainNumber(stats: ScalingStats): string[] {
  const { recordings, tracksPerPlaylist, restDays, ceiling, floor, capacity, wanted, overcommittedDays } = stats;
  const says = [
    `${amount(recordings)} recordings, ${tracksPerPlaylist} a list, ${restDays} days of rest: the catalogue carries ${amount(ceiling)} ${lists(ceiling)} (${amount(recordings)} ÷ (${tracksPerPlaylist} × ${restDays}), rounded up).`,
  ];
  if (floor > ceiling) says.push(`The floor keeps ${amount(floor)} ${lists(floor)} whatever the catalogue carries.`);
  if (wanted < ceiling && capacity <= wanted) says.push(`The accounts have room for ${amount(capacity)} ${lists(capacity)}.`);
  if (overcommittedDays > 0)
    says.push(
      `With ${amount(wanted)} ${lists(wanted)} every recording has been used after ${restDays - overcommittedDays} days: ${overcommittedDays} ${overcommittedDays === 1 ? 'day' : 'days'} short of the rest, when every list may take every recording.`,
    );
  return says;
}

function findImpossible({ settings, accounts }: ScalingFacts, stats: ScalingStats, moves: RendezvousMoves): string[] {
  const says: string[] = [];
  const hoped = Math.min(Math.max(stats.floor, stats.ceiling), settings.maxTotalPlaylists ?? Infinity);
  const connected = accounts.filter((account) => !account.isDisconnected).length;
  const roomEach = connected === 0 ? 0 : Math.max(...accounts.map((account) => account.maxPlaylists));
  const needed = roomEach === 0 ? 1 : Math.ceil((hoped * stats.replicationFactor) / roomEach);
  if (hoped > stats.capacity) {
    const missing = `${amount(hoped)} ${lists(hoped)} on ${accountWords(stats.replicationFactor)} each do not fit: there is room for ${amount(stats.capacity)}.`;
    says.push(
      needed > settings.usersPerApp
        ? `Not possible: ${missing} ${accountWords(needed)} would be needed, and Spotify lets at most ${settings.usersPerApp} people use one app; a developer may have ${settings.appsPerDeveloper}. Raise the room of the accounts, or ask Spotify for an extended quota.`
        : `Not possible yet: ${missing} Connect ${accountWords(Math.max(1, needed - stats.usableAccounts))} more.`,
    );
  }
  if (stats.payableReplicas !== null && hoped * stats.replicationFactor > stats.payableReplicas)
    says.push(
      `Not possible: ${amount(hoped * stats.replicationFactor)} replicas cost ${amount(hoped * stats.replicationFactor * REQUESTS_A_REPLICA)} requests a day, and the budget is ${amount(settings.requestsPerDay ?? 0)}.`,
    );
  if (stats.replicationFactor > stats.usableAccounts && stats.playlists > 0)
    says.push(
      `Not possible: every playlist should stand on ${accountWords(stats.replicationFactor)}, and ${stats.usableAccounts === 0 ? 'none is' : stats.usableAccounts === 1 ? 'only one is' : `only ${stats.usableAccounts} are`} usable.`,
    );
  const short = moves.short.reduce((sum, one) => sum + one.missing, 0);
  if (short > 0 && says.length === 0) says.push(`Not possible: ${amount(short)} ${short === 1 ? 'copy finds' : 'copies find'} no account with room.`);
  return says;
}

function placeActions({ playlists, accounts, replicas }: ScalingFacts, moves: RendezvousMoves): ScalingAction[] {
  const had = new Set(replicas.map((replica) => replica.playlistId));
  return moves.place.flatMap(({ playlistId, carrierId }): ScalingAction[] => {
    const playlist = playlists.find((one) => one.id === playlistId);
    const account = accounts.find((one) => one.id === carrierId);
    if (!playlist || !account) return [];
    const why = had.has(playlistId) ? `${account.displayName} ranks highest for it among those with room.` : 'It stands nowhere yet.';
    return [{ kind: 'place_replica', playlistId, index: playlist.index, accountId: carrierId, account: account.displayName, why }];
  });
}

/** A replica leaves when its account is lost or its list retired; one that only moves stays until the new one stands on Spotify. */
function leaveActions(
  { playlists, accounts, replicas, settings }: ScalingFacts,
  moves: RendezvousMoves,
  retired: ReadonlySet<string>,
): ScalingAction[] {
  const arriving = new Set(moves.place.map((one) => one.playlistId));
  const leaving = new Set(moves.leave.map((one) => `${one.playlistId}|${one.carrierId}`));
  return replicas.flatMap((replica): ScalingAction[] => {
    if (!leaving.has(`${replica.playlistId}|${replica.accountId}`)) return [];
    const account = accounts.find((one) => one.id === replica.accountId);
    const playlist = playlists.find((one) => one.id === replica.playlistId);
    if (!account || !playlist) return [];
    const isLost = isGone(account, settings);
    const others = replicas.filter((one) => one.playlistId === replica.playlistId && !leaving.has(`${one.playlistId}|${one.accountId}`));
    const isReplaced = !arriving.has(replica.playlistId) && others.length > 0 && others.every((one) => one.isLive);
    if (!isLost && !isReplaced && !retired.has(replica.playlistId)) return [];
    const why = retired.has(replica.playlistId)
      ? 'Its playlist is retired.'
      : isLost
        ? `${account.displayName} has been unusable too long.`
        : 'Its successor stands on Spotify.';
    const { id, playlistId, accountId } = replica;
    return [{ kind: 'retire_replica', replicaId: id, playlistId, index: playlist.index, accountId, account: account.displayName, why }];
  });
}

const amount = (value: number) => value.toLocaleString('en');
const lists = (count: number) => (count === 1 ? 'list' : 'lists');
const accountWords = (count: number) => (count === 1 ? 'one account' : `${amount(count)} accounts`);
