import { planRendezvous } from '#shared/domain/rendezvous.ts';
import type { Carrier, Standing } from '#shared/domain/rendezvous.ts';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const rank = (playlistId: string, carrierId: string) => digest(`${playlistId}|${carrierId}`);
const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const roomy = (ids: readonly string[], capacity = 1_000): Carrier[] => ids.map((id) => ({ id, capacity, takesNew: true }));

interface World {
  readonly playlistIds: readonly string[];
  readonly carriers: readonly Carrier[];
  readonly standing: readonly Standing[];
  readonly copies: number;
}

/** The network after its plan. */
function settle(world: World): Standing[] {
  const { place, leave } = planRendezvous({ ...world, digest });
  const left = new Set(leave.map((one) => `${one.playlistId}|${one.carrierId}`));
  return [...world.standing.filter((one) => !left.has(`${one.playlistId}|${one.carrierId}`)), ...place];
}

const firstChoices = (playlistId: string, ids: readonly string[], copies: number) =>
  ids.toSorted((a, b) => (rank(playlistId, a) < rank(playlistId, b) ? 1 : -1)).slice(0, copies);

describe('rendezvous hashing', () => {
  test('with room everywhere every playlist stands on its first choices', () => {
    const playlistIds = numbered('p', 300);
    const ids = numbered('a', 7);
    const standing = settle({ playlistIds, carriers: roomy(ids), standing: [], copies: 2 });
    for (const playlistId of playlistIds) {
      const on = standing.filter((one) => one.playlistId === playlistId).map((one) => one.carrierId);
      expect(on.toSorted()).toEqual(firstChoices(playlistId, ids, 2).toSorted());
    }
  });

  test('an account that comes takes exactly the replicas that rank it higher, and no other replica moves', () => {
    const playlistIds = numbered('p', 400);
    const before = numbered('a', 5);
    const standing = settle({ playlistIds, carriers: roomy(before), standing: [], copies: 2 });
    const moves = planRendezvous({ playlistIds, carriers: roomy([...before, 'new']), standing, copies: 2, digest });
    const must = playlistIds.filter((playlistId) => firstChoices(playlistId, [...before, 'new'], 2).includes('new'));
    expect(moves.place.map((one) => one.playlistId).toSorted()).toEqual(must.toSorted());
    expect(moves.place.every((one) => one.carrierId === 'new')).toBe(true);
    expect(moves.leave).toHaveLength(must.length);
  });

  test('an account that goes gives away exactly its own replicas, and no other replica moves', () => {
    const playlistIds = numbered('p', 400);
    const before = numbered('a', 5);
    const standing = settle({ playlistIds, carriers: roomy(before), standing: [], copies: 2 });
    const moves = planRendezvous({ playlistIds, carriers: roomy(before.slice(1)), standing, copies: 2, digest });
    const own = standing.filter((one) => one.carrierId === 'a0');
    expect(moves.leave).toEqual(own);
    expect(moves.place.map((one) => one.playlistId).toSorted()).toEqual(own.map((one) => one.playlistId).toSorted());
  });

  test('coming and going in any order keeps every account within its room, and only what must move moves', () => {
    const accounts = numbered('a', 6);
    expect.hasAssertions();
    const steps = fc.array(fc.record({ account: fc.constantFrom(...accounts), capacity: fc.integer({ min: 0, max: 14 }) }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 3 }), steps, (count, copies, changes) => {
        const playlistIds = numbered('p', count);
        const capacities = new Map<string, number>();
        let standing: Standing[] = [];
        for (const change of changes) {
          if (change.capacity === 0) capacities.delete(change.account);
          else capacities.set(change.account, change.capacity);
          const carriers = [...capacities].map(([id, capacity]) => ({ id, capacity, takesNew: true }));
          const moves = planRendezvous({ playlistIds, carriers, standing, copies, digest });
          const after = settle({ playlistIds, carriers, standing, copies });
          requireWithinRoom(after, carriers);
          requireReason(moves, { standing, carriers });
          requireNothingLeftToMove({ playlistIds, carriers, standing: after, copies });
          standing = after;
        }
      }),
      { numRuns: 150 },
    );
  });

  test('an account that takes nothing new keeps what it has', () => {
    const playlistIds = numbered('p', 50);
    const standing = settle({ playlistIds, carriers: roomy(['a0', 'a1']), standing: [], copies: 1 });
    const closed: Carrier[] = [
      { id: 'a0', capacity: 100, takesNew: false },
      { id: 'a1', capacity: 100, takesNew: true },
    ];
    const moves = planRendezvous({ playlistIds: [...playlistIds, 'another'], carriers: closed, standing, copies: 1, digest });
    expect(moves.leave).toEqual([]);
    expect(moves.place).toEqual([{ playlistId: 'another', carrierId: 'a1' }]);
  });

  test('playlists that find no room are named with what they lack', () => {
    const moves = planRendezvous({ playlistIds: numbered('p', 5), carriers: roomy(['a0'], 3), standing: [], copies: 1, digest });
    expect(moves.place).toHaveLength(3);
    expect(moves.short).toHaveLength(2);
  });
});

function requireWithinRoom(standing: readonly Standing[], carriers: readonly Carrier[]): void {
  for (const carrier of carriers) {
    expect(standing.filter((one) => one.carrierId === carrier.id).length).toBeLessThanOrEqual(carrier.capacity);
  }
}

/** Whoever left did so because the carrier is gone or over its room, or for a carrier that ranks higher. */
function requireReason(
  moves: { readonly place: readonly Standing[]; readonly leave: readonly Standing[] },
  { standing, carriers }: { standing: readonly Standing[]; carriers: readonly Carrier[] },
): void {
  for (const left of moves.leave) {
    const carrier = carriers.find((one) => one.id === left.carrierId);
    const isOver = carrier !== undefined && standing.filter((one) => one.carrierId === carrier.id).length > carrier.capacity;
    const isBetter = moves.place.some(
      (one) => one.playlistId === left.playlistId && rank(one.playlistId, one.carrierId) > rank(left.playlistId, left.carrierId),
    );
    expect(carrier === undefined || isOver || isBetter).toBe(true);
  }
}

function requireNothingLeftToMove(world: World): void {
  const again = planRendezvous({ ...world, digest });
  expect({ place: again.place, leave: again.leave }).toEqual({ place: [], leave: [] });
}
