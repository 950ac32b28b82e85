import { createRevisionCounter, revisionOf } from '#server/use-cases/sync/plan/revision-counter.ts';
import { isEditedSince, intermediateStates } from '#shared/domain/sync/planning/write-states.ts';
import type { PlaylistDetails, SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import { describe, expect, test } from 'vitest';

const older = (revision: number) => Buffer.from(`${revision},${'0a'.repeat(20)}`).toString('base64');
function newer(revision: number): string {
  const bytes = Buffer.alloc(24, 7);
  bytes.writeUInt32BE(revision);
  return bytes.toString('base64');
}

describe('the count of changes in a snapshot id', () => {
  test('is read in both forms, and not from anything else', () => {
    expect(revisionOf(older(15))).toBe(15);
    expect(revisionOf(newer(4_711))).toBe(4_711);
    for (const other of ['', 'abc', 'yhV9wWQxgGO1ZgJ6QQBgnOoWipRNqLhhlVi2N0IUk9vQ7c/TC9nowB6DIQYRFAy8Lls5NACknEg='])
      expect(revisionOf(other)).toBeNull();
  });

  test('advances by one per write of ours; anything beyond is not ours', () => {
    const own = createRevisionCounter([newer(5)]);
    own.written(newer(6));
    own.writtenWithoutId();
    expect(own.close(newer(7))).toBe(0);
    const met = createRevisionCounter([newer(5)]);
    met.written(newer(8));
    expect(met.close(newer(9))).toBe(3);
  });

  test('starts at the newer of read and last receipt, and a read-back that lags proves nothing', () => {
    const count = createRevisionCounter([newer(5), newer(6)]);
    count.written(newer(7));
    expect(count.close(newer(5))).toBe(0);
  });

  test('proves nothing when it cannot be read, or when a write may have happened more than once', () => {
    const unparsable = createRevisionCounter([null, 'strange']);
    unparsable.written(newer(9));
    expect(unparsable.close(null)).toBe(0);
    const lost = createRevisionCounter([newer(5)]);
    lost.outcomeUnknown();
    lost.written(newer(9));
    expect(lost.close(newer(9))).toBe(0);
  });
});

const details = { name: 'Segue', description: 'd', isPublic: true };
const body = {
  wantedFace: { ...details, name: 'Segue of today' },
  wantedUris: ['x', 'y', 'z'],
  steps: [
    { kind: 'replace', uris: ['x', 'y'] },
    { kind: 'append', uris: ['z'], position: 2 },
  ],
} as unknown as SyncPlanBody;

describe('the items shown after acknowledged writes', () => {
  const before = { details, uris: ['a', 'b'] };
  const isEdited = (uris: (string | null)[], shown: PlaylistDetails = details) => isEditedSince({ details: shown, uris }, before, body);

  test('are no edit while they match a state that the writes passed through', () => {
    expect(intermediateStates(['a', 'b'], body.steps)).toEqual([
      ['a', 'b'],
      ['x', 'y'],
      ['x', 'y', 'z'],
    ]);
    for (const state of [
      ['a', 'b'],
      ['x', 'y'],
      ['x', 'y', 'z'],
      ['x', null, 'z'],
    ])
      expect(isEdited(state)).toBe(false);
    expect(isEdited(['x', 'y', 'z'], body.wantedFace)).toBe(false);
  });

  test('are a manual edit when they match none', () => {
    for (const state of [['x', 'z'], ['z', 'y', 'x'], ['x', 'y', 'z', 'q'], []]) expect(isEdited(state)).toBe(true);
    expect(isEdited(['x', 'y', 'z'], { ...details, name: 'Mine' })).toBe(true);
    expect(isEdited(['x', 'y', 'z'], { ...details, isPublic: false })).toBe(true);
  });
});
