import type { ScalingPlanBody, ScalingStats } from '#shared/contracts/scaling/scaling.ts';
import { planRendezvous } from './rendezvous.ts';
import type { Carrier, RendezvousMoves } from './rendezvous.ts';
import type { ScalingAccount, ScalingFacts } from './scaling-facts.ts';
import { chooseAdditions, chooseRetirements, shareOf } from './scaling-lists.ts';
import type { ScalingPolicy } from './scaling-lists.ts';
import { moveReplicas } from './scaling-moves.ts';
import { findNoRoom, isLost, isUsable, listsThatFit, roomsOf, whyNoNewReplicas } from './scaling-room.ts';
import { explainNumber } from './scaling-words.ts';

/** Reads and writes that a replica costs on a day on which its list changes. */
const REQUESTS_A_REPLICA = 3;

/**
 * Decides how many playlists the network should have, `P* = ceil(T / (K × R))` within floor, room and the platform's limits, and on which
 * accounts they stand. Says of every action why, and of everything wanted that cannot be, because of what. Same facts, same plan.
 */
export function planScaling(facts: ScalingFacts): ScalingPlanBody {
  const stats = countStats(facts);
  const additions = chooseAdditions(facts.policies, facts.themes, { count: Math.max(0, stats.wanted - stats.playlists), ceiling: stats.ceiling });
  const retirements = chooseRetirements(facts.playlists, { count: Math.max(0, stats.playlists - stats.wanted), ceiling: stats.ceiling });
  const retired = new Set(retirements.map((action) => action.playlistId));
  const staying = facts.playlists.filter((playlist) => !retired.has(playlist.id));
  const moves = planRendezvous({
    playlistIds: staying.map((playlist) => playlist.id),
    carriers: facts.accounts.flatMap((account) => carrierOf(account, facts.settings)),
    standing: facts.replicas.flatMap(({ playlistId, accountId, isLeaving }) => (isLeaving ? [] : [{ playlistId, carrierId: accountId }])),
    copies: facts.settings.replicationFactor,
    digest: (text) => facts.digest(text),
  });
  const actions = [...additions.actions, ...retirements, ...moveReplicas(facts, moves, retired)];
  const touched = actions.length / Math.max(1, facts.playlists.length + facts.replicas.length);
  return {
    version: 1,
    day: facts.day,
    countKey: facts.countKey,
    stats,
    actions,
    policies: facts.policies.map(shareOf),
    reasons: [...explainNumber(stats, facts.settings), ...additions.reasons],
    impossible: findImpossible(facts, stats, moves),
    touches: Math.min(1, Math.round(touched * 10_000) / 10_000),
  };
}

function carrierOf(account: ScalingAccount, settings: ScalingFacts['settings']): Carrier[] {
  if (isLost(account, settings)) return [];
  return [{ id: account.id, capacity: account.maxPlaylists, takesNew: whyNoNewReplicas(account, settings) === undefined }];
}

function countStats({ settings, catalogue, recordings, policies, playlists, accounts, replicas }: ScalingFacts): ScalingStats {
  const lists = policies.reduce((sum, policy) => sum + policy.lists, 0);
  const mean = (of: (policy: ScalingPolicy) => number) =>
    lists === 0 ? undefined : Math.max(1, Math.round(policies.reduce((sum, policy) => sum + of(policy) * policy.lists, 0) / lists));
  const tracksPerPlaylist = settings.tracksPerPlaylist ?? mean((policy) => policy.size) ?? 50;
  const restDays = settings.restDays ?? mean((policy) => policy.restDays) ?? 30;
  const ceiling = Math.ceil(recordings / (tracksPerPlaylist * restDays));
  const capacity = listsThatFit(roomsOf(accounts, replicas, settings), settings.replicationFactor);
  const payable = settings.requestsPerDay === null ? null : Math.floor(settings.requestsPerDay / REQUESTS_A_REPLICA);
  const bounded = Math.min(Math.max(settings.floorTotalPlaylists, ceiling), settings.maxTotalPlaylists ?? Infinity);
  const affordable = payable === null ? Infinity : Math.floor(payable / settings.replicationFactor);
  // Too little room opens no new lists; it closes none either: those that stand wait for room.
  const grown = Math.max(playlists.length, Math.min(bounded, capacity, affordable));
  // Nothing to count with is no reason to close every list: a slip in a policy would do that.
  const wanted = recordings === 0 ? playlists.length : bounded > playlists.length ? grown : bounded;
  const lastsDays = wanted === 0 ? restDays : Math.floor(recordings / (tracksPerPlaylist * wanted));
  return {
    catalogue,
    recordings,
    tracksPerPlaylist,
    restDays,
    ceiling,
    floor: settings.floorTotalPlaylists,
    capacity,
    usableAccounts: accounts.filter(isUsable).length,
    connectedAccounts: accounts.filter((account) => !account.isDisconnected).length,
    replicationFactor: settings.replicationFactor,
    payableReplicas: payable,
    playlists: playlists.length,
    wanted,
    overcommittedDays: Math.max(0, restDays - lastsDays),
  };
}

/** What cannot be although it is wanted, each with the reason and what would help. */
function findImpossible(facts: ScalingFacts, stats: ScalingStats, moves: RendezvousMoves): string[] {
  if (stats.recordings === 0 && stats.playlists > 0)
    return [
      stats.catalogue === 0
        ? 'Not possible: the catalogue is empty, so it cannot be said how many playlists there should be. Take in albums.'
        : `Not possible: of ${amount(stats.catalogue)} recordings no policy in use admits a single one, so it cannot be said how many playlists there should be. Look at the policies.`,
    ];
  const { requestsPerDay, maxTotalPlaylists } = facts.settings;
  const hoped = Math.min(Math.max(stats.floor, stats.ceiling), maxTotalPlaylists ?? Infinity);
  const says = findNoRoom(facts, stats, hoped);
  const copies = hoped * stats.replicationFactor;
  if (stats.payableReplicas !== null && copies > stats.payableReplicas)
    says.push(
      `Not possible: ${amount(copies)} ${copies === 1 ? 'replica costs' : 'replicas cost'} ${amount(copies * REQUESTS_A_REPLICA)} requests a day, and the budget is ${amount(requestsPerDay ?? 0)}.`,
    );
  const short = moves.short.reduce((sum, one) => sum + one.missing, 0);
  if (short > 0 && says.length === 0) says.push(`Not possible: ${amount(short)} ${short === 1 ? 'copy finds' : 'copies find'} no account with room.`);
  return says;
}

const amount = (value: number) => value.toLocaleString('en');
