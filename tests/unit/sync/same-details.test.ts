import { describe, expect, test } from 'vitest';
import { computeSyncPlan, isEditedSince, mergeManualEdits, sameDetails } from '#shared/domain/sync/planning/sync-plan.ts';
import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';

const long = 'x'.repeat(400);
const ours: PlaylistDetails = { name: 'Night & Day • #001', description: '50 tracks, "no repeats". segue:abcdef012345', isPublic: true };
const uris = ['spotify:track:a'];
const fixed = { digest: (text: string) => text, replicaId: 'r', batchTag: '2026-11-21' };

/** What each place that compares details says about a playlist that should have the wanted details. */
function verdicts(seen: PlaylistDetails, wanted: PlaylistDetails) {
  const lists = { base: uris, theirs: uris, ours: uris };
  const merge = mergeManualEdits({
    lists,
    details: { base: wanted, theirs: seen, earlier: [] },
    mode: 'merge',
    keptDetails: null,
    recordingOf: () => null,
  });
  const plan = computeSyncPlan({ ...fixed, seen: { details: seen, uris }, wanted: { face: wanted, uris } });
  return {
    same: sameDetails(seen, wanted) && sameDetails(wanted, seen),
    edit: merge.manualEdits !== undefined,
    step: plan.steps.length > 0,
    since: isEditedSince({ details: seen, uris }, { details: wanted, uris }, { steps: [], wantedFace: wanted }),
  };
}

describe('every comparison of details follows one rule', () => {
  test.for<readonly [what: string, seen: PlaylistDetails, wanted: PlaylistDetails]>([
    ['as they are', ours, ours],
    ['escaped', { ...ours, name: 'Night &amp; Day • #001', description: '50 tracks, &quot;no repeats&quot;. segue:abcdef012345' }, ours],
    ['without a description', { ...ours, description: '' }, ours],
    ['without a name', { ...ours, name: '' }, ours],
    ['without a visibility', { ...ours, isPublic: null }, ours],
    ['on two lines', { ...ours, description: '50 tracks,\r\n"no repeats".\tsegue:abcdef012345 ' }, ours],
    ['longer than the API accepts', { ...ours, description: long }, { ...ours, description: long.slice(0, 300) }],
  ])('the same: %s', ([, seen, wanted]) => {
    expect(verdicts(seen, wanted)).toEqual({ same: true, edit: false, step: false, since: false });
  });

  test.for<readonly [what: string, seen: PlaylistDetails, changes: readonly string[]]>([
    ['another name', { ...ours, name: 'Mine' }, ['name']],
    ['another description', { ...ours, description: 'Mine' }, ['description']],
    ['another case', { ...ours, name: ours.name.toUpperCase() }, ['name']],
    ['private', { ...ours, isPublic: false }, ['isPublic']],
    ['name and description', { name: 'Mine', description: 'Mine', isPublic: true }, ['name', 'description']],
  ])('different, and only what differs is sent: %s', ([, seen, changes]) => {
    expect(verdicts(seen, ours)).toEqual({ same: false, edit: true, step: true, since: true });
    const plan = computeSyncPlan({ ...fixed, seen: { details: seen, uris }, wanted: { face: ours, uris } });
    expect(plan.steps).toEqual([{ kind: 'details', face: ours, changes }]);
  });

  test('a playlist is created with kept text in the form that the API accepts', () => {
    const kept = { name: 'Mine\n too', description: `Line one\n${'x'.repeat(290)}😀`, isPublic: false };
    const [create] = computeSyncPlan({ ...fixed, seen: undefined, wanted: { face: kept, uris } }).steps;
    expect(create).toEqual({ kind: 'create', face: { name: 'Mine too', description: `Line one ${'x'.repeat(290)}`, isPublic: false } });
  });
});
