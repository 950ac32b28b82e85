import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { HostingAccount } from '#shared/domain/accounts/hosting.ts';
import type { ScalingFacts } from '#shared/domain/scaling/scaling-facts.ts';
import { planScaling } from '#shared/domain/scaling/scaling.ts';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const account = (id: string, more: Partial<HostingAccount> = {}): HostingAccount => ({
  id,
  displayName: id.toUpperCase(),
  status: 'active',
  maxPlaylists: 10,
  daysLeft: 100,
  statusDays: 50,
  isDisconnected: false,
  ...more,
});

interface NetworkShape {
  readonly lists?: number;
  readonly recordings?: number;
  readonly catalog?: number;
  readonly pool?: number;
  readonly accounts?: readonly HostingAccount[];
  readonly settings?: Partial<NetworkSettings['scaling']>;
}

/** A network whose playlists are where rendezvous hashing puts them, one policy for all. */
function network({
  lists = 4,
  recordings = 6_000,
  catalog = recordings,
  pool = 6_000,
  accounts = [account('a'), account('b')],
  settings = {},
}: NetworkShape = {}): ScalingFacts {
  const playlists = Array.from({ length: lists }, (_, i) => ({ id: `p${i + 1}`, index: i + 1, themeTag: 'Vibe', unfilledDays: 0 }));
  const facts: ScalingFacts = {
    day: '2026-11-21',
    settings: { ...DEFAULT_NETWORK_SETTINGS.scaling, ...settings },
    countKey: 'counted',
    catalogSize: catalog,
    recordings,
    policies: [
      { policyId: 'policy', policyName: 'Everything', themeTag: 'Vibe', lists, size: 50, restDays: 30, restScope: 'network', turnover: 1, pool },
    ],
    playlists,
    themes: ['Vibe'],
    accounts,
    replicas: [],
    digest,
  };
  const placements = planScaling(facts).actions.filter((action) => action.kind === 'place_replica');
  const replicas = placements.map(({ playlistId, accountId }) => ({
    id: `${playlistId}@${accountId}`,
    playlistId,
    accountId,
    isLive: true,
    isLeaving: false,
  }));
  return { ...facts, replicas };
}

const kinds = (facts: ScalingFacts) => planScaling(facts).actions.map((action) => action.kind);

describe('a scaling plan', () => {
  test('keeps a network that has the size its catalog can fill', () => {
    const plan = planScaling(network());
    expect(plan.stats).toMatchObject({ ceiling: 4, wanted: 4, overcommittedDays: 0 });
    expect(plan).toMatchObject({ actions: [], impossible: [], touches: 0 });
  });

  test('rounds the ceiling up, and states how many days short of the repeat window this is', () => {
    const plan = planScaling(network({ recordings: 6_001, lists: 5 }));
    expect(plan.stats.ceiling).toBe(5);
    expect(plan.stats.overcommittedDays).toBe(30 - Math.floor(6_001 / 250));
    expect(plan.reasons.join(' ')).toContain('6 days short');
  });

  test('adds the playlists that the catalog can fill, and names the pool', () => {
    const plan = planScaling(network({ recordings: 9_000, pool: 9_000 }));
    expect(plan.actions.map((action) => action.kind)).toEqual(['add_playlist', 'add_playlist']);
    expect(plan.actions[0]?.why).toContain('“Everything”');
  });

  test('adds no more than the policy’s own pool can fill, rounded up as the ceiling is, and states the cost and what is omitted', () => {
    const plan = planScaling(network({ recordings: 9_000, pool: 6_500 }));
    expect(plan.actions).toHaveLength(1);
    expect(plan.actions[0]?.why).toContain('is then 4 days short of the repeat window');
    expect(plan.reasons.join(' ')).toContain('1 more playlist is not proposed');
    expect(planScaling(network({ recordings: 9_000, pool: 6_000 })).actions).toEqual([]);
  });

  test('says what part of the catalog counts, and how many playlists the other recordings could fill', () => {
    const [first] = planScaling(network({ catalog: 10_000 })).reasons;
    expect(first).toBe(
      '6,000 of the 10,000 recordings in the catalog count: those that an active policy admits and does not ban. The other 4,000 could fill 2 more playlists if a policy admitted them.',
    );
    expect(planScaling(network()).reasons[0]).toMatch(/^All 6,000 recordings/);
  });

  test('says of each policy what its own pool can fill: only what changes every day starts a repeat window, and playlists with their own repeat window take nothing from each other', () => {
    const facts = network();
    const [policy] = facts.policies;
    const shareWith = (more: object) => planScaling({ ...facts, policies: policy ? [{ ...policy, ...more }] : [] }).policies[0];
    expect(shareWith({})).toMatchObject({ lists: 4, carries: 4, daysShort: 0 });
    expect(shareWith({ pool: 5_999 })).toMatchObject({ carries: 3, daysShort: 1 });
    expect(shareWith({ turnover: 0.2 })).toMatchObject({ carries: 17, daysShort: 0 });
    expect(shareWith({ restScope: 'playlist', pool: 1_500 })).toMatchObject({ carries: null, daysShort: 0 });
    expect(shareWith({ restScope: 'playlist', pool: 1_000 })).toMatchObject({ carries: 0, daysShort: 10 });
    expect(shareWith({ pool: 0 })).toMatchObject({ carries: 0, daysShort: 30 });
  });

  test('gives each new playlist a name that no playlist has or had, whatever its case', () => {
    const facts = { ...network({ recordings: 10_500, pool: 10_500 }), themes: ['Vibe', 'vibe 2', 'Vibe 4'] };
    expect(planScaling(facts).actions.flatMap((action) => (action.kind === 'add_playlist' ? [action.themeTag] : []))).toEqual([
      'Vibe 3',
      'Vibe 5',
      'Vibe 6',
    ]);
  });

  test('retires the playlists that could not be filled first, then the youngest, with their replicas', () => {
    const full = network();
    const facts = { ...full, recordings: 2_900, playlists: full.playlists.map((one) => (one.id === 'p2' ? { ...one, unfilledDays: 3 } : one)) };
    const plan = planScaling(facts);
    expect(plan.actions.flatMap((action) => (action.kind === 'retire_playlist' ? [action.playlistId] : []))).toEqual(['p2', 'p4']);
    expect(plan.actions.filter((action) => action.kind === 'retire_replica')).toHaveLength(2);
  });

  test('keeps at least the configured minimum, and states how long the catalog then lasts', () => {
    const plan = planScaling(network({ recordings: 2_900, settings: { floorTotalPlaylists: 4 } }));
    expect(plan.actions).toEqual([]);
    expect(plan.stats.overcommittedDays).toBe(30 - 14);
  });

  test('retires no playlist because accounts have too few slots: existing playlists wait for slots', () => {
    const facts = network();
    const cramped = { ...facts, accounts: [account('a', { maxPlaylists: 1 }), account('b', { maxPlaylists: 1 })] };
    expect(kinds(cramped)).not.toContain('retire_playlist');
    expect(planScaling(cramped).impossible[0]).toContain('there is room for 2');
  });

  test('is impossible when Spotify allows fewer people than the accounts needed, and says so', () => {
    const plan = planScaling(network({ recordings: 150_000, pool: 150_000 }));
    expect(plan.stats).toMatchObject({ ceiling: 100, capacity: 20, wanted: 20 });
    expect(plan.impossible[0]).toMatch(/^Not possible: 100 playlists .* 10 accounts would be needed, and Spotify allows at most 5 users per app/);
  });

  test('says how many accounts are missing while the platform allows them', () => {
    expect(planScaling(network({ recordings: 45_000, pool: 45_000 })).impossible[0]).toContain('Connect one more account');
  });

  test('is limited by the daily request budget', () => {
    const plan = planScaling(network({ recordings: 30_000, pool: 30_000, settings: { requestsPerDay: 30 } }));
    expect(plan.stats).toMatchObject({ payableReplicas: 10, wanted: 10 });
    expect(plan.impossible.join(' ')).toContain('20 replicas cost 60 requests per day, but the budget is 30');
  });

  test('puts nothing new on an account that is about to expire, and leaves what it has', () => {
    const facts = network({ accounts: [account('a', { daysLeft: 5 }), account('b')] });
    expect(facts.replicas.every((replica) => replica.accountId === 'b')).toBe(true);
    const later = { ...network(), accounts: [account('a', { daysLeft: 5 }), account('b')] };
    expect(kinds(later)).toEqual([]);
  });

  test('waits a day for an account that is away, and moves its replicas when it stays away', () => {
    const facts = network();
    const own = facts.replicas.filter((replica) => replica.accountId === 'a');
    expect(own.length).toBeGreaterThan(0);
    const away = (statusDays: number) => ({ ...facts, accounts: [account('a', { status: 'needs_reauth', statusDays }), account('b')] });
    expect(kinds(away(1))).toEqual([]);
    const plan = planScaling(away(3));
    expect(plan.actions.flatMap((action) => (action.kind === 'place_replica' ? [action.playlistId] : []))).toEqual(own.map((one) => one.playlistId));
    expect(plan.actions.filter((action) => action.kind === 'retire_replica')).toHaveLength(own.length);
  });

  test('moves to a new account only what ranks it higher, and removes the old replica when the new one is live', () => {
    const facts = network({ lists: 40, recordings: 60_000, accounts: [account('a', { maxPlaylists: 50 }), account('b', { maxPlaylists: 50 })] });
    const joined = { ...facts, accounts: [...facts.accounts, account('c', { maxPlaylists: 50 })] };
    const plan = planScaling(joined);
    const moving = plan.actions.flatMap((action) => (action.kind === 'place_replica' ? [action.playlistId] : []));
    const expected = facts.replicas
      .filter(({ playlistId, accountId }) => digest(`${playlistId}|c`) > digest(`${playlistId}|${accountId}`))
      .map((replica) => replica.playlistId);
    expect(moving.toSorted()).toEqual(expected.toSorted());
    expect(plan.actions.every((action) => action.kind === 'place_replica' && action.accountId === 'c')).toBe(true);
    const placed = {
      ...joined,
      replicas: [
        ...facts.replicas.map((one) => ({ ...one, isLeaving: expected.includes(one.playlistId) })),
        ...moving.map((id) => ({ id: `${id}@c`, playlistId: id, accountId: 'c', isLive: false, isLeaving: false })),
      ],
    };
    expect(kinds(placed)).toEqual([]);
    const live = { ...placed, replicas: placed.replicas.map((replica) => ({ ...replica, isLive: true })) };
    const closing = planScaling(live).actions;
    expect(closing).toHaveLength(expected.length);
    expect(closing.every((action) => action.kind === 'retire_replica' && action.accountId !== 'c')).toBe(true);
  });

  test('puts every playlist on as many accounts as configured, and says when there are too few', () => {
    const twice = network({ settings: { replicationFactor: 2 } });
    expect(twice.replicas).toHaveLength(8);
    expect(planScaling(network({ settings: { replicationFactor: 3 } })).impossible.join(' ')).toContain(
      'only 2 are usable. Connect one more account.',
    );
  });

  test('says how much of the network it changes', () => {
    const plan = planScaling(network({ recordings: 9_000, pool: 9_000 }));
    expect(plan.touches).toBeCloseTo(2 / 8, 4);
  });
});
