import type { ScalingPlanBody, ScalingStats } from '#shared/contracts/scaling/scaling.ts';
import { isLost, isUsable, whyNoNewReplicas } from '#shared/domain/accounts/hosting.ts';
import type { HostingAccount } from '#shared/domain/accounts/hosting.ts';
import { planRendezvous } from './rendezvous.ts';
import type { HostAccount, RendezvousMoves } from './rendezvous.ts';
import type { ScalingFacts } from './scaling-facts.ts';
import { chooseAdditions, chooseRetirements, policyShareOf } from './scaling-lists.ts';
import type { ScalingPolicy } from './scaling-lists.ts';
import { moveReplicas } from './scaling-moves.ts';
import { explainMissingSlots, listsThatFit, slotsOf } from './scaling-slots.ts';
import { explainPlaylistCount } from './scaling-words.ts';

/** Requests (reads and writes) per replica on a day on which its list changes. */
const REQUESTS_A_REPLICA = 3;

/**
 * Calculates how many playlists the network should have, `P* = ceil(T / (K × R))` within the minimum, the accounts' slots and Spotify's limits, and which
 * accounts host them. Gives a reason for every action and for everything that is not possible. Deterministic: same facts, same plan.
 */
export function planScaling(facts: ScalingFacts): ScalingPlanBody {
  const stats = countStats(facts);
  const additions = chooseAdditions(facts.policies, facts.themes, { count: Math.max(0, stats.wanted - stats.playlists), ceiling: stats.ceiling });
  const retirements = chooseRetirements(facts.playlists, { count: Math.max(0, stats.playlists - stats.wanted), ceiling: stats.ceiling });
  const retired = new Set(retirements.map((action) => action.playlistId));
  const staying = facts.playlists.filter((playlist) => !retired.has(playlist.id));
  const moves = planRendezvous({
    playlistIds: staying.map((playlist) => playlist.id),
    accounts: facts.accounts.flatMap((account) => carrierOf(account, facts.settings)),
    current: facts.replicas.flatMap(({ playlistId, accountId, isLeaving }) => (isLeaving ? [] : [{ playlistId, accountId }])),
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
    policies: facts.policies.map(policyShareOf),
    reasons: [...explainPlaylistCount(stats, facts.settings), ...additions.reasons],
    impossible: findImpossible(facts, stats, moves),
    touches: Math.min(1, Math.round(touched * 10_000) / 10_000),
  };
}

function carrierOf(account: HostingAccount, settings: ScalingFacts['settings']): HostAccount[] {
  if (isLost(account, settings)) return [];
  return [{ id: account.id, capacity: account.maxPlaylists, takesNew: whyNoNewReplicas(account, settings) === undefined }];
}

function countStats({ settings, catalogSize: catalog, recordings, policies, playlists, accounts, replicas }: ScalingFacts): ScalingStats {
  const lists = policies.reduce((sum, policy) => sum + policy.lists, 0);
  const mean = (of: (policy: ScalingPolicy) => number) =>
    lists === 0 ? undefined : Math.max(1, Math.round(policies.reduce((sum, policy) => sum + of(policy) * policy.lists, 0) / lists));
  const tracksPerPlaylist = settings.tracksPerPlaylist ?? mean((policy) => policy.size) ?? 50;
  const restDays = settings.restDays ?? mean((policy) => policy.restDays) ?? 30;
  const ceiling = Math.ceil(recordings / (tracksPerPlaylist * restDays));
  const capacity = listsThatFit(slotsOf(accounts, replicas, settings), settings.replicationFactor);
  const payable = settings.requestsPerDay === null ? null : Math.floor(settings.requestsPerDay / REQUESTS_A_REPLICA);
  const bounded = Math.min(Math.max(settings.floorTotalPlaylists, ceiling), settings.maxTotalPlaylists ?? Infinity);
  const affordable = payable === null ? Infinity : Math.floor(payable / settings.replicationFactor);
  // Missing slots prevent new playlists but retire none: existing playlists wait for a slot.
  const grown = Math.max(playlists.length, Math.min(bounded, capacity, affordable));
  // Zero recordings must not retire every playlist: one mistake in a policy would cause that.
  const wanted = recordings === 0 ? playlists.length : bounded > playlists.length ? grown : bounded;
  const lastsDays = wanted === 0 ? restDays : Math.floor(recordings / (tracksPerPlaylist * wanted));
  return {
    catalog,
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

/** What is wanted but not possible, each with the reason and what to do. */
function findImpossible(facts: ScalingFacts, stats: ScalingStats, moves: RendezvousMoves): string[] {
  if (stats.recordings === 0 && stats.playlists > 0)
    return [
      stats.catalog === 0
        ? 'Not possible: the catalog is empty, so the number of playlists cannot be calculated. Import albums.'
        : `Not possible: no active policy admits any of the ${amount(stats.catalog)} recordings, so the number of playlists cannot be calculated. Check the policies.`,
    ];
  const { requestsPerDay, maxTotalPlaylists } = facts.settings;
  const wanted = Math.min(Math.max(stats.floor, stats.ceiling), maxTotalPlaylists ?? Infinity);
  const says = explainMissingSlots(facts, stats, wanted);
  const copies = wanted * stats.replicationFactor;
  if (stats.payableReplicas !== null && copies > stats.payableReplicas)
    says.push(
      `Not possible: ${amount(copies)} ${copies === 1 ? 'replica costs' : 'replicas cost'} ${amount(copies * REQUESTS_A_REPLICA)} requests per day, but the budget is ${amount(requestsPerDay ?? 0)}.`,
    );
  const short = moves.short.reduce((sum, one) => sum + one.missing, 0);
  if (short > 0 && says.length === 0)
    says.push(`Not possible: ${amount(short)} ${short === 1 ? 'copy has' : 'copies have'} no account with a free slot.`);
  return says;
}

const amount = (value: number) => value.toLocaleString('en');
