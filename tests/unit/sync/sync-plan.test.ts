import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SyncStep } from '#shared/contracts/sync/sync.ts';
import {
  diffOrder,
  fingerprintText,
  ITEMS_PER_WRITE,
  computeSyncPlan,
  sameDetails,
  sameOrder,
  UNAVAILABLE_URI,
} from '#shared/domain/sync/planning/sync-plan.ts';
import type { RemoteState } from '#shared/domain/sync/planning/sync-plan.ts';

const details = { name: 'Vibe • Night • #001 • 2026-11-21', description: '50 tracks. segue:abcdef012345', isPublic: true };
const digest = (text: string) => `digest of ${text}`;
const fixed = { digest, replicaId: 'r', batchTag: '2026-11-21' };
const uris = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `spotify:track:${from + index}`);
const plan = (seen: RemoteState | undefined, wanted: readonly string[], lastFingerprint?: string) =>
  computeSyncPlan({ ...fixed, seen, wanted: { face: details, uris: wanted }, lastFingerprint });

/** What Spotify does with the requests of a plan. */
function apply(seen: readonly (string | null)[], steps: readonly SyncStep[]): (string | null)[] {
  let list = [...seen];
  for (const step of steps) {
    if (step.kind === 'create') list = [];
    if (step.kind === 'replace' || step.kind === 'append') expect(step.uris.length).toBeLessThanOrEqual(ITEMS_PER_WRITE);
    if (step.kind === 'replace') list = [...step.uris];
    if (step.kind === 'append') {
      expect(step.position).toBeLessThanOrEqual(list.length);
      list.splice(step.position, 0, ...step.uris);
    }
  }
  return list;
}

describe('the requests of a plan', () => {
  test('nothing changed: no writes, and one read', () => {
    const body = plan({ details: details, uris: uris(50) }, uris(50));
    expect(body).toMatchObject({ steps: [], cost: { reads: 1, writes: 0 }, handEdited: false });
    expect(body.seenFingerprint).toBe(body.wantedFingerprint);
  });

  test.each([[1], [5], [50]])('%i of 50 changed: one replace, a read and a read-back', (changed) => {
    const body = plan({ details: details, uris: uris(50) }, [...uris(50 - changed), ...uris(changed, 1_000)]);
    expect(body.steps.map((step) => step.kind)).toEqual(['replace']);
    expect(body.cost).toEqual({ reads: 2, writes: 1 });
  });

  test('does not exist yet: create, then fill; the details are part of the creation', () => {
    const body = plan(undefined, uris(50));
    expect(body.steps).toEqual([
      { kind: 'create', face: details },
      { kind: 'replace', uris: uris(50) },
    ]);
    expect(body).toMatchObject({ seenFingerprint: null, seenFace: null, handEdited: false, cost: { reads: 2, writes: 2 } });
    expect(plan(undefined, []).steps).toEqual([{ kind: 'create', face: details }]);
  });

  test('only the name changed: only the details', () => {
    const body = plan({ details: { ...details, name: 'Yesterday' }, uris: uris(50) }, uris(50));
    expect(body.steps).toEqual([{ kind: 'details', face: details, changes: ['name'] }]);
  });

  test('240 items: the first hundred replace, the rest are added; when only the end is missing, only that is added', () => {
    expect(plan({ details: details, uris: uris(10, 900) }, uris(240)).steps.map((step) => step.kind)).toEqual(['replace', 'append', 'append']);
    expect(plan({ details: details, uris: uris(180) }, uris(240)).steps).toEqual([{ kind: 'append', uris: uris(60, 180), position: 180 }]);
    expect(plan({ details: details, uris: uris(240) }, uris(180)).steps.map((step) => step.kind)).toEqual(['replace', 'append']);
  });

  test('an emptied list is one replace with nothing', () => {
    expect(plan({ details: details, uris: uris(3) }, []).steps).toEqual([{ kind: 'replace', uris: [] }]);
  });

  test('an item that Spotify hides at its position is left alone; elsewhere it is not', () => {
    const seen: (string | null)[] = uris(50);
    seen[7] = null;
    expect(plan({ details: details, uris: seen }, uris(50)).steps).toEqual([]);
    expect(plan({ details: details, uris: seen }, uris(50).toReversed()).steps).toHaveLength(1);
  });

  test('a description escaped or omitted by Spotify, and an omitted visibility, are no change', () => {
    const wanted = { ...details, description: `Rock & Roll's <best>. segue:abcdef012345` };
    expect(sameDetails({ ...wanted, description: 'Rock &amp; Roll&#39;s &lt;best&gt;. segue:abcdef012345' }, wanted)).toBe(true);
    expect(sameDetails({ ...wanted, description: '' }, wanted)).toBe(true);
    expect(sameDetails({ ...wanted, isPublic: null }, wanted)).toBe(true);
    expect(sameDetails({ ...wanted, isPublic: false }, wanted)).toBe(false);
    expect(sameDetails({ ...wanted, description: 'Mine now' }, wanted)).toBe(false);
  });

  test('a manual edit is noticed when the items read differ from the last receipt', () => {
    const last = digest(fingerprintText(uris(50)));
    expect(plan({ details: details, uris: uris(50) }, uris(50, 100), last).handEdited).toBe(false);
    expect(plan({ details: details, uris: uris(49) }, uris(50, 100), last).handEdited).toBe(true);
    expect(plan({ details: details, uris: uris(49) }, uris(50, 100)).handEdited).toBe(false);
  });

  const seenLists = fc.option(
    fc.array(
      fc.option(
        fc.integer({ min: 0, max: 260 }).map((n) => `u${n}`),
        { nil: null, freq: 20 },
      ),
      { maxLength: 260 },
    ),
    { nil: undefined },
  );
  const wantedLists = fc.uniqueArray(
    fc.integer({ min: 0, max: 260 }).map((n) => `u${n}`),
    { maxLength: 260 },
  );

  test('executed, they turn any existing list into the wanted one, in no more requests than writing it again', () => {
    fc.assert(
      fc.property(seenLists, wantedLists, fc.boolean(), (seen, wanted, renamed) => {
        const body = plan(seen && { details: renamed ? { ...details, name: 'x' } : details, uris: seen }, wanted);
        expect(sameOrder(apply(seen ?? [], body.steps), wanted)).toBe(true);
        const rewriteCost = Math.max(1, Math.ceil(wanted.length / 100)) + 1;
        expect(body.cost.writes).toBeLessThanOrEqual(rewriteCost);
        expect(body.cost.writes).toBe(body.steps.length);
      }),
    );
  });

  test('missing stretches are inserted when that takes fewer requests', () => {
    fc.assert(
      fc.property(fc.integer({ min: 101, max: 400 }), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 90 }), (length, from, count) => {
        const wanted = uris(length);
        const seen = wanted.toSpliced(from, count);
        const body = plan({ details: details, uris: seen }, wanted);
        expect(sameOrder(apply(seen, body.steps), wanted)).toBe(true);
        if (seen.length < wanted.length) expect(body.steps).toHaveLength(1);
      }),
    );
  });
});

describe('the diff a person reads', () => {
  test('names additions, removals, moves and what stays, with positions from 1', () => {
    expect(diffOrder(['a', 'b', 'c', 'd'], ['d', 'a', 'c', 'e'])).toEqual([
      { kind: 'move', uri: 'd', from: 4, to: 1 },
      { kind: 'remove', uri: 'b', position: 2 },
      { kind: 'keep', uri: 'a', position: 2 },
      { kind: 'keep', uri: 'c', position: 3 },
      { kind: 'add', uri: 'e', position: 4 },
    ]);
  });

  test('a track added twice manually loses the second one', () => {
    expect(diffOrder(['a', 'a', 'b'], ['a', 'b'])).toEqual([
      { kind: 'keep', uri: 'a', position: 1 },
      { kind: 'remove', uri: 'a', position: 2 },
      { kind: 'keep', uri: 'b', position: 2 },
    ]);
  });

  test('a hidden item counts as the one wanted at its position, else it is removed', () => {
    expect(diffOrder(['a', null], ['a', 'b'])).toEqual([
      { kind: 'keep', uri: 'a', position: 1 },
      { kind: 'keep', uri: 'b', position: 2 },
    ]);
    expect(diffOrder([null, 'a'], ['a'])).toEqual([
      { kind: 'remove', uri: UNAVAILABLE_URI, position: 1 },
      { kind: 'keep', uri: 'a', position: 1 },
    ]);
  });

  test('accounts for every existing and wanted item once, and moves as few as possible', () => {
    const list = fc.array(fc.integer({ min: 0, max: 9 }).map(String), { maxLength: 10 });
    fc.assert(
      fc.property(list, fc.uniqueArray(fc.integer({ min: 0, max: 9 }).map(String), { maxLength: 10 }), (seen, wanted) => {
        const lines = diffOrder(seen, wanted);
        const of = (...kinds: string[]) => lines.filter((line) => kinds.includes(line.kind));
        expect(of('keep', 'move', 'add').map((line) => line.uri)).toEqual(wanted);
        expect(
          of('keep', 'move', 'remove')
            .map((line) => line.uri)
            .toSorted(),
        ).toEqual(seen.toSorted());
        if (new Set(seen).size === seen.length) expect(of('keep')).toHaveLength(longestCommon(seen, wanted));
      }),
    );
  });
});

/** Length of the longest run in the same order in both lists. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
    }
  }
  return table[a.length]![b.length]!;
}
