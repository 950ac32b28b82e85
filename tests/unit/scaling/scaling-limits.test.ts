import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { HostingAccount } from '#shared/domain/accounts/hosting.ts';
import type { ScalingFacts, ScalingReplica } from '#shared/domain/scaling/scaling-facts.ts';
import { accountsMissing, listsThatFit } from '#shared/domain/scaling/scaling-slots.ts';
import { planScaling } from '#shared/domain/scaling/scaling.ts';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

function accounts(count: number, more: Partial<HostingAccount> = {}): HostingAccount[] {
  const account = { status: 'active', maxPlaylists: 10, daysLeft: 100, statusDays: 50, isDisconnected: false, ...more } as const;
  return Array.from({ length: count }, (_, i) => ({ ...account, id: `a${i}`, displayName: `Account ${i}` }));
}

interface NetworkShape {
  readonly lists: number;
  readonly accounts: readonly HostingAccount[];
  readonly recordings?: number;
  readonly settings?: Partial<NetworkSettings['scaling']>;
  readonly replicas?: readonly ScalingReplica[];
}

function factsOf({ lists, accounts: connected, recordings = lists * 1_500, settings = {}, replicas = [] }: NetworkShape): ScalingFacts {
  const policy = {
    policyId: 'policy',
    policyName: 'Everything',
    themeTag: 'Vibe',
    size: 50,
    restDays: 30,
    restScope: 'network',
    turnover: 1,
  } as const;
  return {
    day: '2026-11-21',
    countKey: 'counted',
    settings: { ...DEFAULT_NETWORK_SETTINGS.scaling, ...settings },
    catalogSize: recordings,
    recordings,
    policies: lists === 0 ? [] : [{ ...policy, lists, pool: recordings }],
    playlists: Array.from({ length: lists }, (_, i) => ({ id: `p${i + 1}`, index: i + 1, themeTag: `Vibe ${i + 1}`, unfilledDays: 0 })),
    themes: ['Vibe'],
    accounts: connected,
    replicas,
    digest,
  };
}

const IMPOSSIBLE: readonly (readonly [string, NetworkShape, RegExp])[] = [
  ['no account', { lists: 4, accounts: [] }, /^Not possible yet: 4 playlists need an account, and none is connected\. Connect an account\.$/],
  [
    'one full account',
    { lists: 12, accounts: accounts(1) },
    /^Not possible yet: 12 playlists do not fit: there is room for 10\. Connect one more account\.$/,
  ],
  [
    'five accounts, which is all that development mode allows',
    { lists: 60, accounts: accounts(5) },
    /^Not possible: 60 playlists do not fit: there is room for 50\. 6 accounts would be needed, and Spotify allows at most 5 users per app\. That takes 2 of the 25 apps/,
  ],
  [
    'more than a developer’s apps can host',
    { lists: 2_000, accounts: accounts(5) },
    /200 accounts would be needed, and Spotify allows at most 5 users per app and 25 apps per developer/,
  ],
  [
    'all waiting for re-authorization',
    { lists: 4, accounts: accounts(5, { status: 'needs_reauth', statusDays: 1 }) },
    /^Not possible: every playlist should be hosted on one account, and none is usable: 5 accounts need re-authorization\. The Accounts page shows what each one needs\.$/,
  ],
  ['all switched off', { lists: 4, accounts: accounts(2, { status: 'disabled', statusDays: 9 }) }, /none is usable: 2 accounts are disabled/],
  [
    'authorizations that expire soon',
    { lists: 15, accounts: [...accounts(1), ...accounts(1, { daysLeft: 3 }).map((one) => ({ ...one, id: 'soon' }))] },
    /One account takes no new playlists because its authorization expires soon\. Re-authorizing frees these slots again\.$/,
  ],
  [
    'a minimum above the number of slots',
    { lists: 4, accounts: accounts(1), settings: { floorTotalPlaylists: 30 } },
    /^Not possible yet: 30 playlists do not fit: there is room for 10/,
  ],
  [
    'more replicas than accounts',
    { lists: 4, accounts: accounts(2), settings: { replicationFactor: 3 } },
    /^Not possible: every playlist should be hosted on 3 accounts, and only 2 are usable\. Connect one more account\.$/,
  ],
  [
    'slots that are all on one account',
    {
      lists: 20,
      accounts: [...accounts(1, { maxPlaylists: 500 }), ...accounts(1, { maxPlaylists: 5 }).map((one) => ({ ...one, id: 'small' }))],
      settings: { replicationFactor: 2 },
    },
    /^Not possible yet: 20 playlists on 2 accounts each do not fit: there is room for 5\. Connect one more account\.$/,
  ],
  [
    'an empty catalog',
    { lists: 4, accounts: accounts(2), recordings: 0 },
    /^Not possible: the catalog is empty, so the number of playlists cannot be calculated/,
  ],
  [
    'fewer requests than the playlists cost',
    { lists: 4, accounts: accounts(2), settings: { requestsPerDay: 5 } },
    /^Not possible: 4 replicas cost 12 requests per day, but the budget is 5\.$/,
  ],
];

describe('an impossible plan states its reason and what would help', () => {
  test.each(IMPOSSIBLE)('%s', (_, shape, says) => {
    const plan = planScaling(factsOf(shape));
    expect(plan.impossible[0]).toMatch(says);
    expect(plan.actions.filter((action) => action.kind === 'retire_playlist')).toEqual([]);
  });

  test('an empty network is not impossible: it is empty', () => {
    expect(planScaling(factsOf({ lists: 0, accounts: [], recordings: 0 }))).toMatchObject({
      actions: [],
      impossible: [],
      stats: { wanted: 0, ceiling: 0 },
    });
  });

  test('a repeat window and size so large that one playlist would use everything leave one playlist, and the days are stated', () => {
    const plan = planScaling(factsOf({ lists: 1, accounts: accounts(1), recordings: 3_000, settings: { tracksPerPlaylist: 500, restDays: 730 } }));
    expect(plan.stats).toMatchObject({ ceiling: 1, wanted: 1, overcommittedDays: 724 });
    expect(plan.reasons.join(' ')).toContain('With 1 playlist every recording has been used after 6 days: 724 days short of the repeat window');
  });

  test('more accounts than one app may have are pointed out', () => {
    expect(planScaling(factsOf({ lists: 667, accounts: accounts(200) })).reasons.at(-1)).toMatch(
      /^200 accounts are connected, but Spotify allows at most 5 users/,
    );
  });
});

test('as many playlists fit as can be dealt to different accounts one by one', () => {
  const slots = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 });
  fc.assert(
    fc.property(slots, fc.integer({ min: 1, max: 4 }), (slotsPerAccount, copies) => {
      let [placed, freeSlots] = [0, slotsPerAccount];
      for (;;) {
        // Each playlist goes to the accounts with most free slots: if that fails, nothing would work.
        const order = [...freeSlots.keys()].toSorted((a, b) => (freeSlots[b] ?? 0) - (freeSlots[a] ?? 0)).slice(0, copies);
        if (order.length < copies || order.some((at) => (freeSlots[at] ?? 0) === 0)) break;
        freeSlots = freeSlots.map((free, at) => (order.includes(at) ? free - 1 : free));
        placed += 1;
      }
      expect(listsThatFit(slotsPerAccount, copies)).toBe(placed);
      const missing = accountsMissing(slotsPerAccount, { lists: placed + 3, copies, roomEach: 4 });
      const withMore = (count: number) => listsThatFit([...slotsPerAccount, ...Array.from({ length: count }, () => 4)], copies);
      expect(withMore(missing ?? 0)).toBeGreaterThanOrEqual(placed + 3);
      expect(withMore((missing ?? 0) - 1)).toBeLessThan(placed + 3);
    }),
    { numRuns: 300 },
  );
});

test('a plan in progress is not planned again: what it replaces goes when the new replicas are live, and nothing else moves', () => {
  const step = fc.record({ at: fc.integer({ min: 0, max: 5 }), maxPlaylists: fc.integer({ min: 0, max: 14 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 8 }), (lists, copies, steps) => {
      let connected = accounts(3);
      let replicas: readonly ScalingReplica[] = [];
      const plan = () => planScaling(factsOf({ lists, accounts: connected, replicas, settings: { replicationFactor: copies } })).actions;
      const kinds = () => plan().map((action) => action.kind);
      for (const { at, maxPlaylists } of steps) {
        connected = [...connected.filter((one) => one.id !== `a${at}`), ...accounts(at + 1, { maxPlaylists }).slice(at)].filter(
          (one) => one.maxPlaylists > 0,
        );
        replicas = applyPlan(
          replicas.filter((one) => connected.some(({ id }) => id === one.accountId)),
          plan(),
        );
        expect(kinds().filter((kind) => kind === 'place_replica')).toEqual([]);
        const leaving = replicas.filter((one) => one.isLeaving).map((one) => one.id);
        replicas = replicas.map((one) => ({ ...one, isLive: true }));
        const closing = plan();
        const closed = closing.flatMap((action) => (action.kind === 'retire_replica' ? [action.replicaId] : []));
        expect(closing).toHaveLength(closed.length);
        expect(leaving.filter((id) => !closed.includes(id))).toEqual([]);
        replicas = applyPlan(replicas, closing);
        expect(kinds()).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

function applyPlan(replicas: readonly ScalingReplica[], actions: ReturnType<typeof planScaling>['actions']): ScalingReplica[] {
  const gone = new Set(actions.flatMap((action) => (action.kind === 'retire_replica' ? [action.replicaId] : [])));
  const placements = actions.flatMap((action) => (action.kind === 'place_replica' ? [action] : []));
  const replaced = new Set(placements.flatMap((place) => place.replaces?.replicaId ?? []));
  const added = placements.map(({ playlistId, accountId }) => ({
    id: `${playlistId}@${accountId}`,
    playlistId,
    accountId,
    isLive: false,
    isLeaving: false,
  }));
  const remaining = replicas.filter((one) => !gone.has(one.id)).map((one) => ({ ...one, isLeaving: one.isLeaving || replaced.has(one.id) }));
  const placedIds = new Set(added.map((one) => one.id));
  const wasLive = new Map(remaining.map((one) => [one.id, one.isLive]));
  return [...remaining.filter((one) => !placedIds.has(one.id)), ...added.map((one) => ({ ...one, isLive: wasLive.get(one.id) ?? false }))];
}
