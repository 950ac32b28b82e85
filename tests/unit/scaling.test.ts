import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { planScaling } from '#shared/domain/scaling.ts';
import type { ScalingAccount, ScalingFacts } from '#shared/domain/scaling.ts';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const account = (id: string, more: Partial<ScalingAccount> = {}): ScalingAccount => ({
  id,
  displayName: id.toUpperCase(),
  status: 'active',
  maxPlaylists: 10,
  daysLeft: 100,
  statusDays: 50,
  isDisconnected: false,
  ...more,
});

interface Given {
  readonly lists?: number;
  readonly recordings?: number;
  readonly pool?: number | null;
  readonly accounts?: readonly ScalingAccount[];
  readonly settings?: Partial<NetworkSettings['scaling']>;
}

/** A network whose lists stand where rendezvous hashing puts them, one policy for all. */
function network({ lists = 4, recordings = 6_000, pool = 6_000, accounts = [account('a'), account('b')], settings = {} }: Given = {}): ScalingFacts {
  const playlists = Array.from({ length: lists }, (_, i) => ({ id: `p${i + 1}`, index: i + 1, themeTag: 'Vibe', unfilledDays: 0 }));
  const facts: ScalingFacts = {
    day: '2026-11-21',
    settings: { ...DEFAULT_NETWORK_SETTINGS.scaling, ...settings },
    recordings,
    policies: [{ policyId: 'policy', policyName: 'Everything', themeTag: 'Vibe', lists, size: 50, restDays: 30, pool }],
    playlists,
    accounts,
    replicas: [],
    digest,
  };
  const places = planScaling(facts).actions.filter((action) => action.kind === 'place_replica');
  const replicas = places.map(({ playlistId, accountId }) => ({ id: `${playlistId}@${accountId}`, playlistId, accountId, isLive: true }));
  return { ...facts, replicas };
}

const kinds = (facts: ScalingFacts) => planScaling(facts).actions.map((action) => action.kind);

describe('a scaling plan', () => {
  test('keeps a network that has the size its catalogue carries', () => {
    const plan = planScaling(network());
    expect(plan.stats).toMatchObject({ ceiling: 4, wanted: 4, overcommittedDays: 0 });
    expect(plan).toMatchObject({ actions: [], impossible: [], touches: 0 });
  });

  test('rounds the ceiling up, and states the days that this is short of the rest', () => {
    const plan = planScaling(network({ recordings: 6_001, lists: 5 }));
    expect(plan.stats.ceiling).toBe(5);
    expect(plan.stats.overcommittedDays).toBe(30 - Math.floor(6_001 / 250));
    expect(plan.reasons.join(' ')).toContain('6 days short');
  });

  test('adds the lists that the catalogue carries, and says from which pool', () => {
    const plan = planScaling(network({ recordings: 9_000, pool: 9_000 }));
    expect(plan.actions.map((action) => action.kind)).toEqual(['add_playlist', 'add_playlist']);
    expect(plan.actions[0]?.why).toContain('“Everything”');
  });

  test('adds nothing for a policy whose own pool would not carry it, and says so', () => {
    const plan = planScaling(network({ recordings: 9_000, pool: 6_500 }));
    expect(plan.actions).toEqual([]);
    expect(plan.reasons.join(' ')).toContain('2 more lists are not proposed');
  });

  test('adds nothing while no pool is known, rather than guessing', () => {
    expect(planScaling(network({ recordings: 9_000, pool: null })).reasons.join(' ')).toContain('No policy has been curated yet');
  });

  test('retires the lists that could not be filled first, then the youngest, with their replicas', () => {
    const full = network();
    const facts = { ...full, recordings: 2_900, playlists: full.playlists.map((one) => (one.id === 'p2' ? { ...one, unfilledDays: 3 } : one)) };
    const plan = planScaling(facts);
    expect(plan.actions.flatMap((action) => (action.kind === 'retire_playlist' ? [action.playlistId] : []))).toEqual(['p2', 'p4']);
    expect(plan.actions.filter((action) => action.kind === 'retire_replica')).toHaveLength(2);
  });

  test('keeps as many as the floor says, and states how long the catalogue then lasts', () => {
    const plan = planScaling(network({ recordings: 2_900, settings: { floorTotalPlaylists: 4 } }));
    expect(plan.actions).toEqual([]);
    expect(plan.stats.overcommittedDays).toBe(30 - 14);
  });

  test('closes no list because accounts have too little room: what stands waits for room', () => {
    const facts = network();
    const cramped = { ...facts, accounts: [account('a', { maxPlaylists: 1 }), account('b', { maxPlaylists: 1 })] };
    expect(kinds(cramped)).not.toContain('retire_playlist');
    expect(planScaling(cramped).impossible[0]).toContain('there is room for 2');
  });

  test('says that it is not possible when Spotify allows fewer people than accounts are needed', () => {
    const plan = planScaling(network({ recordings: 150_000, pool: 150_000 }));
    expect(plan.stats).toMatchObject({ ceiling: 100, capacity: 20, wanted: 20 });
    expect(plan.impossible[0]).toMatch(/^Not possible: 100 lists .* 10 accounts would be needed, and Spotify lets at most 5 people use one app/);
  });

  test('says how many accounts are missing while the platform allows them', () => {
    expect(planScaling(network({ recordings: 45_000, pool: 45_000 })).impossible[0]).toContain('Connect one account more');
  });

  test('is bounded by the requests that a day pays for', () => {
    const plan = planScaling(network({ recordings: 30_000, pool: 30_000, settings: { requestsPerDay: 30 } }));
    expect(plan.stats).toMatchObject({ payableReplicas: 10, wanted: 10 });
    expect(plan.impossible.join(' ')).toContain('20 replicas cost 60 requests a day, and the budget is 30');
  });

  test('puts nothing new on an account that is about to sign out, and leaves what it has', () => {
    const facts = network({ accounts: [account('a', { daysLeft: 5 }), account('b')] });
    expect(facts.replicas.every((replica) => replica.accountId === 'b')).toBe(true);
    const later = { ...network(), accounts: [account('a', { daysLeft: 5 }), account('b')] };
    expect(kinds(later)).toEqual([]);
  });

  test('waits out an account that is away for a day, and gives its replicas to others when it stays away', () => {
    const facts = network();
    const own = facts.replicas.filter((replica) => replica.accountId === 'a');
    expect(own.length).toBeGreaterThan(0);
    const away = (statusDays: number) => ({ ...facts, accounts: [account('a', { status: 'needs_reauth', statusDays }), account('b')] });
    expect(kinds(away(1))).toEqual([]);
    const plan = planScaling(away(3));
    expect(plan.actions.flatMap((action) => (action.kind === 'place_replica' ? [action.playlistId] : []))).toEqual(own.map((one) => one.playlistId));
    expect(plan.actions.filter((action) => action.kind === 'retire_replica')).toHaveLength(own.length);
  });

  test('moves to a new account only what ranks it higher, and closes the old copy when the new one stands', () => {
    const facts = network({ lists: 40, recordings: 60_000, accounts: [account('a', { maxPlaylists: 50 }), account('b', { maxPlaylists: 50 })] });
    const joined = { ...facts, accounts: [...facts.accounts, account('c', { maxPlaylists: 50 })] };
    const plan = planScaling(joined);
    const moving = plan.actions.flatMap((action) => (action.kind === 'place_replica' ? [action.playlistId] : []));
    const must = facts.replicas
      .filter(({ playlistId, accountId }) => digest(`${playlistId}|c`) > digest(`${playlistId}|${accountId}`))
      .map((replica) => replica.playlistId);
    expect(moving.toSorted()).toEqual(must.toSorted());
    expect(plan.actions.every((action) => action.kind === 'place_replica' && action.accountId === 'c')).toBe(true);
    const placed = {
      ...joined,
      replicas: [...facts.replicas, ...moving.map((id) => ({ id: `${id}@c`, playlistId: id, accountId: 'c', isLive: false }))],
    };
    expect(kinds(placed)).toEqual([]);
    const standing = { ...placed, replicas: placed.replicas.map((replica) => ({ ...replica, isLive: true })) };
    const closing = planScaling(standing).actions;
    expect(closing).toHaveLength(must.length);
    expect(closing.every((action) => action.kind === 'retire_replica' && action.accountId !== 'c')).toBe(true);
  });

  test('puts every list on as many accounts as wished, and says when there are too few', () => {
    const twice = network({ settings: { replicationFactor: 2 } });
    expect(twice.replicas).toHaveLength(8);
    expect(planScaling(network({ settings: { replicationFactor: 3 } })).impossible.join(' ')).toContain('only 2 are usable');
  });

  test('says how much of the network it touches', () => {
    const plan = planScaling(network({ recordings: 9_000, pool: 9_000 }));
    expect(plan.touches).toBeCloseTo(2 / 8, 4);
  });
});
