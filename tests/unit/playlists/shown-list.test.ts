import { chooseCopy } from '#shared/domain/playlists/choose-copy.ts';
import { copyStateAt } from '#shared/domain/playlists/copy-state.ts';
import type { CopyEvidence, PlanEvidence } from '#shared/domain/playlists/copy-state.ts';
import { findListEdits, seenOrder } from '#shared/domain/playlists/list-edits.ts';
import type { ShownCopy } from '#shared/contracts/playlists/shown-list.ts';
import { diffOrder } from '#shared/domain/sync/planning/sync-plan.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const at = (hour: number) => `2026-11-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const COPY: CopyEvidence = { spotifyPlaylistId: 'p', lastRead: null, missingSince: null, retiredAt: null };
const plan = (over: Partial<PlanEvidence> & { readonly id: string; readonly plannedAt: string }): PlanEvidence => ({
  day: '2026-11-02',
  shows: null,
  plannedBy: 'system',
  appliedAt: null,
  wroteAt: null,
  seen: 'old',
  wanted: 'new',
  readBack: null,
  edits: 0,
  ...over,
});
const APPLIED = plan({ id: 'a', plannedAt: at(1), wroteAt: at(1), appliedAt: at(2) });
const now = { until: at(20), isNow: true };

describe('what an account shows', () => {
  test('is nothing before the first receipt, whatever was planned or started', () => {
    expect(copyStateAt(COPY, [], now)).toMatchObject({ status: 'nowhere', unconfirmedSince: null });
    expect(copyStateAt(COPY, [plan({ id: 'a', plannedAt: at(1) })], now)).toMatchObject({ status: 'nowhere' });
    const started = copyStateAt(COPY, [plan({ id: 'a', plannedAt: at(1), seen: null, wroteAt: at(2) })], now);
    expect(started).toMatchObject({ status: 'nowhere', unconfirmedSince: at(2) });
    expect(copyStateAt({ ...COPY, spotifyPlaylistId: null }, [APPLIED], now)).toMatchObject({ status: 'nowhere' });
  });

  test('is what the last receipt left, from the moment of the receipt on', () => {
    expect(copyStateAt(COPY, [APPLIED], now)).toMatchObject({
      status: 'shown',
      day: '2026-11-02',
      listDay: '2026-11-02',
      since: at(2),
      readAt: at(2),
    });
    expect(copyStateAt(COPY, [APPLIED], { until: at(1), isNow: false })).toMatchObject({ status: 'nowhere' });
    const again = plan({ id: 'b', plannedAt: at(3), appliedAt: at(4), shows: '2026-11-01', seen: 'new', wanted: 'again' });
    expect(copyStateAt(COPY, [APPLIED, again], now)).toMatchObject({ listDay: '2026-11-01', since: at(4) });
    expect(copyStateAt(COPY, [APPLIED, { ...again, appliedAt: null }], now)).toMatchObject({ listDay: '2026-11-02', since: at(2), readAt: at(3) });
  });

  test('is confirmed by every read that finds the same, also where Spotify hides a track', () => {
    const read = { at: at(5), day: '2026-11-02', shows: null, fingerprint: 'new' };
    expect(copyStateAt({ ...COPY, lastRead: read }, [APPLIED], now)).toMatchObject({ since: at(2), readAt: at(5), content: null });
    const hidden = { ...APPLIED, readBack: 'hidden' };
    const plans = [hidden, plan({ id: 'b', plannedAt: at(4), seen: 'hidden' })];
    expect(copyStateAt({ ...COPY, lastRead: { ...read, fingerprint: 'hidden' } }, plans, now)).toMatchObject({
      since: at(2),
      readAt: at(5),
      content: null,
    });
  });

  test('is edited from the read on that found it, until it is found as it was', () => {
    const found = plan({ id: 'b', plannedAt: at(4), seen: 'edited' });
    expect(copyStateAt(COPY, [APPLIED, found], now)).toMatchObject({ since: at(4), content: { planId: 'b', side: 'seen' }, listDay: '2026-11-02' });
    const kept = plan({ id: 'c', plannedAt: at(6), appliedAt: at(7), seen: 'edited', wanted: 'edited', edits: 1 });
    expect(copyStateAt(COPY, [APPLIED, found, kept], now)).toMatchObject({ content: { planId: 'c', side: 'wanted' } });
    const restored = plan({ id: 'c', plannedAt: at(6), appliedAt: at(7), seen: 'edited', wanted: 'new' });
    expect(copyStateAt(COPY, [APPLIED, found, restored], now)).toMatchObject({ content: null, since: at(7) });
  });

  test('is not confirmed after a write without a receipt, until the next read', () => {
    const lost = plan({ id: 'b', plannedAt: at(3), wroteAt: at(4), seen: 'new', wanted: 'other', shows: '2026-11-01' });
    expect(copyStateAt(COPY, [APPLIED, lost], now)).toMatchObject({ listDay: '2026-11-02', unconfirmedSince: at(4) });
    const read = { at: at(5), day: '2026-11-02', shows: '2026-11-01', fingerprint: 'other' };
    expect(copyStateAt({ ...COPY, lastRead: read }, [APPLIED, lost], now)).toMatchObject({
      listDay: '2026-11-01',
      since: at(5),
      unconfirmedSince: null,
    });
    expect(copyStateAt(COPY, [APPLIED, lost, plan({ id: 'c', plannedAt: at(6), seen: 'new' })], now)).toMatchObject({ unconfirmedSince: null });
  });

  test('is deleted or unknown from that moment on, and as it was before', () => {
    for (const [over, status] of [
      [{ missingSince: at(10) }, 'deleted'],
      [{ retiredAt: at(10) }, 'unknown'],
    ] as const) {
      expect(copyStateAt({ ...COPY, ...over }, [APPLIED], now)).toMatchObject({ status, since: at(10), listDay: '2026-11-02', readAt: at(2) });
      expect(copyStateAt({ ...COPY, ...over }, [APPLIED], { until: at(9), isNow: false })).toMatchObject({ status: 'shown' });
    }
  });
});

const copy = (listDay: string, over: Partial<ShownCopy> = {}): ShownCopy => ({
  status: 'shown',
  day: '2026-11-02',
  listDay,
  since: at(2),
  readAt: at(2),
  unconfirmedSince: null,
  edits: null,
  ...over,
});

describe('of several accounts', () => {
  const wanted = { day: '2026-11-02', listDay: '2026-11-01' };
  test('the page is about what most show, on a tie about what is wanted, and about a lost one only when none is left', () => {
    const [own, again, gone] = [copy('2026-11-02'), copy('2026-11-01'), copy('2026-11-02', { status: 'unknown' })];
    expect(chooseCopy([own, own, again], wanted)).toBe(own);
    expect(chooseCopy([own, again], wanted)).toBe(again);
    expect(chooseCopy([gone, again], wanted)).toBe(again);
    expect(chooseCopy([gone], wanted)).toBe(gone);
    expect(chooseCopy([], wanted)).toBeUndefined();
  });
});

describe('an edit on Spotify', () => {
  const list = ['a', 'b', 'c', 'd'];
  test.for([
    ['nothing', list, null],
    ['an addition', ['a', 'x', 'b', 'c', 'd'], { added: [{ uri: 'x', position: 2 }], removed: [], isReordered: false }],
    ['a removal', ['a', 'c', 'd'], { added: [], removed: [{ uri: 'b', position: 2 }], isReordered: false }],
    ['another order', ['d', 'a', 'b', 'c'], { added: [], removed: [], isReordered: true }],
    ['a track twice', ['a', 'b', 'a', 'c', 'd'], { added: [{ uri: 'a', position: 3 }], removed: [], isReordered: false }],
    ['a hidden track at its place', ['a', null, 'c', 'd'], null],
    ['a hidden track behind the list', ['a', 'b', 'c', 'd', null], null],
    ['an emptied list', [], { added: [], removed: list.map((uri, index) => ({ uri, position: index + 1 })), isReordered: false }],
  ] as const)('is told from the list: %s', ([, shown, edits]) => {
    expect(findListEdits(shown, list)).toEqual(edits && { uris: [...shown], ...edits });
  });

  test('is read back exactly from the diff of the plan that found it', () => {
    const tracks = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 8 });
    fc.assert(
      fc.property(tracks, tracks, (seen, wanted) => {
        expect(seenOrder(diffOrder(seen, wanted))).toEqual(seen);
      }),
    );
  });
});
