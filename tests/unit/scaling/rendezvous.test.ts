import { planRendezvous } from '#shared/domain/scaling/rendezvous.ts';
import type { HostAccount, Hosting } from '#shared/domain/scaling/rendezvous.ts';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const rank = (playlistId: string, accountId: string) => digest(`${playlistId}|${accountId}`);
const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const hostsOf = (ids: readonly string[], capacity = 1_000): HostAccount[] => ids.map((id) => ({ id, capacity, takesNew: true }));

const ACCOUNTS = numbered('a', 6);
const keyOf = ({ playlistId, accountId }: Hosting) => `${playlistId}|${accountId}`;

interface PlacementInput {
  readonly playlistIds: readonly string[];
  readonly accounts: readonly HostAccount[];
  readonly current: readonly Hosting[];
  readonly copies: number;
}

/** The network after its plan. */
function applyPlan(input: PlacementInput): Hosting[] {
  const { add: place, remove: leave } = planRendezvous({ ...input, digest });
  const leftKeys = new Set(leave.map((one) => `${one.playlistId}|${one.accountId}`));
  return [...input.current.filter((one) => !leftKeys.has(`${one.playlistId}|${one.accountId}`)), ...place];
}

const firstChoices = (playlistId: string, ids: readonly string[], copies: number) =>
  ids.toSorted((a, b) => (rank(playlistId, a) < rank(playlistId, b) ? 1 : -1)).slice(0, copies);

describe('rendezvous hashing', () => {
  test('with free slots everywhere every playlist is on its first choices', () => {
    const playlistIds = numbered('p', 300);
    const ids = numbered('a', 7);
    const current = applyPlan({ playlistIds, accounts: hostsOf(ids), current: [], copies: 2 });
    for (const playlistId of playlistIds) {
      const on = current.filter((one) => one.playlistId === playlistId).map((one) => one.accountId);
      expect(on.toSorted()).toEqual(firstChoices(playlistId, ids, 2).toSorted());
    }
  });

  test('an account that is added takes exactly the replicas that rank it higher, and no other replica moves', () => {
    const playlistIds = numbered('p', 400);
    const before = numbered('a', 5);
    const current = applyPlan({ playlistIds, accounts: hostsOf(before), current: [], copies: 2 });
    const moves = planRendezvous({ playlistIds, accounts: hostsOf([...before, 'new']), current, copies: 2, digest });
    const expected = playlistIds.filter((playlistId) => firstChoices(playlistId, [...before, 'new'], 2).includes('new'));
    expect(moves.add.map((one) => one.playlistId).toSorted()).toEqual(expected.toSorted());
    expect(moves.add.every((one) => one.accountId === 'new')).toBe(true);
    expect(moves.remove).toHaveLength(expected.length);
  });

  test('an account that is removed gives up exactly its own replicas, and no other replica moves', () => {
    const playlistIds = numbered('p', 400);
    const before = numbered('a', 5);
    const current = applyPlan({ playlistIds, accounts: hostsOf(before), current: [], copies: 2 });
    const moves = planRendezvous({ playlistIds, accounts: hostsOf(before.slice(1)), current, copies: 2, digest });
    const own = current.filter((one) => one.accountId === 'a0');
    expect(moves.remove).toEqual(own);
    expect(moves.add.map((one) => one.playlistId).toSorted()).toEqual(own.map((one) => one.playlistId).toSorted());
  });

  test('while there are free slots everywhere, whatever is added and removed, exactly the replicas move whose first choices changed', () => {
    const step = fc.record({ account: fc.constantFrom(...ACCOUNTS), isThere: fc.boolean() });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(step, { minLength: 1, maxLength: 10 }),
        (count, copies, steps) => {
          const playlistIds = numbered('p', count);
          const present = new Set(ACCOUNTS.slice(0, 3));
          let current = applyPlan({ playlistIds, accounts: hostsOf([...present]), current: [], copies });
          for (const { account, isThere } of steps) {
            if (isThere) present.add(account);
            else present.delete(account);
            const moves = planRendezvous({ playlistIds, accounts: hostsOf([...present]), current, copies, digest });
            const before = new Set(current.map(keyOf));
            const wanted = playlistIds.flatMap((playlistId) =>
              firstChoices(playlistId, [...present], copies).map((accountId) => ({ playlistId, accountId })),
            );
            const after = new Set(wanted.map(keyOf));
            expect(moves.add.map(keyOf).toSorted()).toEqual(
              wanted
                .map(keyOf)
                .filter((key) => !before.has(key))
                .toSorted(),
            );
            expect(moves.remove.map(keyOf).toSorted()).toEqual([...before].filter((key) => !after.has(key)).toSorted());
            current = applyPlan({ playlistIds, accounts: hostsOf([...present]), current, copies });
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('an account with fewer slots gives up as many as are too many, those that rank it lowest; with its slots back the network is as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 30 }), (count, copies, slots) => {
        const playlistIds = numbered('p', count);
        const [own = '', ...others] = ACCOUNTS;
        const current = applyPlan({ playlistIds, accounts: hostsOf(ACCOUNTS), current: [], copies });
        const holders = current.filter((one) => one.accountId === own);
        const cut = [{ id: own, capacity: slots, takesNew: true }, ...hostsOf(others)];
        const { add: place, remove: leave } = planRendezvous({ playlistIds, accounts: cut, current, copies, digest });
        const lowest = holders
          .toSorted((a, b) => (rank(a.playlistId, own) < rank(b.playlistId, own) ? -1 : 1))
          .slice(0, Math.max(0, holders.length - slots));
        expect(leave.map(keyOf).toSorted()).toEqual(lowest.map(keyOf).toSorted());
        expect(place.map((one) => one.playlistId).toSorted()).toEqual(lowest.map((one) => one.playlistId).toSorted());
        const after = applyPlan({ playlistIds, accounts: cut, current, copies });
        expect(
          applyPlan({ playlistIds, accounts: hostsOf(ACCOUNTS), current: after, copies })
            .map(keyOf)
            .toSorted(),
        ).toEqual(current.map(keyOf).toSorted());
      }),
      { numRuns: 150 },
    );
  });

  test('an account that is away moves nothing, one that is lost gives up its own, and one that comes back has again exactly what it had', () => {
    const playlistIds = numbered('p', 120);
    const own = ACCOUNTS[2] ?? '';
    const current = applyPlan({ playlistIds, accounts: hostsOf(ACCOUNTS), current: [], copies: 2 });
    const away = hostsOf(ACCOUNTS).map((host) => (host.id === own ? { ...host, takesNew: false } : host));
    expect(planRendezvous({ playlistIds, accounts: away, current, copies: 2, digest })).toEqual({ add: [], remove: [], short: [] });
    const lost = applyPlan({ playlistIds, accounts: hostsOf(ACCOUNTS.filter((id) => id !== own)), current, copies: 2 });
    const back = applyPlan({ playlistIds, accounts: hostsOf(ACCOUNTS), current: lost, copies: 2 });
    expect(back.map(keyOf).toSorted()).toEqual(current.map(keyOf).toSorted());
  });

  test('adding and removing in any order keeps every account within its slots, moves only with a reason, and leaves no replica without a slot if one can be found', () => {
    expect.hasAssertions();
    const steps = fc.array(fc.record({ account: fc.constantFrom(...ACCOUNTS), capacity: fc.integer({ min: 0, max: 14 }), takesNew: fc.boolean() }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 3 }), steps, (count, copies, changes) => {
        const playlistIds = numbered('p', count);
        const known = new Map<string, HostAccount>();
        let current: Hosting[] = [];
        for (const { account: id, capacity, takesNew } of changes) {
          if (capacity === 0) known.delete(id);
          else known.set(id, { id, capacity, takesNew });
          const accounts = [...known.values()];
          const moves = planRendezvous({ playlistIds, accounts, current, copies, digest });
          const after = applyPlan({ playlistIds, accounts, current, copies });
          requireWithinCapacity(after, accounts);
          requireReason(moves, { current, accounts });
          requireStable({ playlistIds, accounts, current: after, copies });
          requireAllThatFit({ playlistIds, accounts, current: after, copies });
          current = after;
        }
      }),
      { numRuns: 200 },
    );
  });

  // When slots are limited the replaced replicas use some of them, so a plan is told which those are: tests/unit/scaling/scaling-limits.test.ts.
  test('while there are free slots everywhere, the plan stays the same until what was placed is live and what it replaces is gone', () => {
    const step = fc.record({ account: fc.constantFrom(...ACCOUNTS), isThere: fc.boolean() });
    const steps = fc.array(step, { maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 3 }), steps, (count, copies, changes) => {
        const playlistIds = numbered('p', count);
        const present = new Set<string>();
        let current: Hosting[] = [];
        for (const { account, isThere } of changes) {
          if (isThere) present.add(account);
          else present.delete(account);
          const accounts = hostsOf([...present]);
          const { add: place, remove: leave } = planRendezvous({ playlistIds, accounts, current, copies, digest });
          const again = planRendezvous({ playlistIds, accounts, current: [...current, ...place], copies, digest });
          expect(again.add).toEqual([]);
          expect(again.remove.map(keyOf).toSorted()).toEqual(leave.map(keyOf).toSorted());
          current = applyPlan({ playlistIds, accounts, current, copies });
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a replica without a slot gets one when another can move', () => {
    const accounts = [2, 1, 1].map((capacity, i) => ({ id: `a${i}`, capacity, takesNew: true }));
    for (let seed = 0; seed < 40; seed += 1) {
      const playlistIds = [`x${seed}`, `y${seed}`];
      const moves = planRendezvous({ playlistIds, accounts, current: [], copies: 2, digest });
      expect(moves.short).toEqual([]);
      expect(moves.add).toHaveLength(4);
    }
  });

  test('an account that accepts no new replicas keeps what it has', () => {
    const playlistIds = numbered('p', 50);
    const current = applyPlan({ playlistIds, accounts: hostsOf(['a0', 'a1']), current: [], copies: 1 });
    const closed: HostAccount[] = [
      { id: 'a0', capacity: 100, takesNew: false },
      { id: 'a1', capacity: 100, takesNew: true },
    ];
    const moves = planRendezvous({ playlistIds: [...playlistIds, 'another'], accounts: closed, current, copies: 1, digest });
    expect(moves.remove).toEqual([]);
    expect(moves.add).toEqual([{ playlistId: 'another', accountId: 'a1' }]);
  });

  test('playlists without a slot are named with the slots they lack', () => {
    const moves = planRendezvous({ playlistIds: numbered('p', 5), accounts: hostsOf(['a0'], 3), current: [], copies: 1, digest });
    expect(moves.add).toHaveLength(3);
    expect(moves.short).toHaveLength(2);
  });
});

function requireWithinCapacity(current: readonly Hosting[], accounts: readonly HostAccount[]): void {
  for (const host of accounts) {
    expect(current.filter((one) => one.accountId === host.id).length).toBeLessThanOrEqual(host.capacity);
  }
}

/** A replica moved only because its account is gone or over its slots, to an account that ranks higher, or to make a slot for another replica. */
function requireReason(
  moves: { readonly add: readonly Hosting[]; readonly remove: readonly Hosting[] },
  { current, accounts }: { current: readonly Hosting[]; accounts: readonly HostAccount[] },
): void {
  for (const moved of moves.remove) {
    const host = accounts.find((one) => one.id === moved.accountId);
    const isOver = host !== undefined && current.filter((one) => one.accountId === host.id).length > host.capacity;
    const isBetter = moves.add.some(
      (one) => one.playlistId === moved.playlistId && rank(one.playlistId, one.accountId) > rank(moved.playlistId, moved.accountId),
    );
    const freesSlot = moves.add.some((one) => one.accountId === moved.accountId && one.playlistId !== moved.playlistId);
    expect(host === undefined || isOver || isBetter || freesSlot).toBe(true);
  }
}

/** No arrangement has a slot for a replica that has none: a maximum flow over what is there and what may be added. */
function requireAllThatFit({ playlistIds, accounts, current, copies }: PlacementInput): void {
  const holders = new Map(accounts.map(({ id }) => [id, new Set(current.filter((one) => one.accountId === id).map((one) => one.playlistId))]));
  const canPlace = (playlistId: string, seen: Set<string>): boolean =>
    accounts.some(({ id, capacity, takesNew }) => {
      const held = holders.get(id) ?? new Set<string>();
      if (!takesNew || seen.has(id) || held.has(playlistId)) return false;
      seen.add(id);
      return held.size < capacity || [...held].some((holder) => canPlace(holder, seen));
    });
  for (const playlistId of playlistIds) {
    const missing = copies - current.filter((one) => one.playlistId === playlistId).length;
    expect(missing > 0 && canPlace(playlistId, new Set())).toBe(false);
  }
}

function requireStable(input: PlacementInput): void {
  const again = planRendezvous({ ...input, digest });
  expect(again).toMatchObject({ add: [], remove: [] });
}
