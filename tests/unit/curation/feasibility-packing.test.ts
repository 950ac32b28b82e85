import { CatalogAssembly, piecesOf } from '#server/use-cases/curation/feasibility/catalog-pieces.ts';
import { packInput, unpackInput } from '#shared/domain/curation/feasibility/feasibility.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { policyV1 } from '#shared/contracts/policies/policy.ts';
import { expect, test } from 'vitest';
import { catalogOf } from './small-catalog.ts';

test.for([0, 1, 7, 12_345])('a catalog of %d recordings is the same after it was sent in pieces', (size) => {
  const catalog = catalogOf(
    Array.from({ length: size }, (_, n) => ({
      artistIds: [`a${n}`, `b${n % 7}`],
      genres: n % 3 === 0 ? [] : [`g${n % 5}`],
      energy: n % 4 === 0 ? null : 0.5,
    })),
  );
  const assembly = new CatalogAssembly();
  for (const piece of piecesOf(catalog)) assembly.add(structuredClone(piece));
  expect(assembly.catalog).toEqual(catalog);
});

test('the input of a check is the same after it was packed: pins, bans, marks, placements and previous lists', () => {
  const catalog = catalogOf(Array.from({ length: 70 }, () => ({})));
  const policy = policyV1.parse({
    version: 1,
    pool: { all: [] },
    pins: [{ recording: { recordingId: 3 } }, { recording: { recordingId: 9 }, position: 2 }],
    bans: { recordings: [{ recordingId: 70 }], artists: ['a'.repeat(22)], albums: [] },
  });
  const refs = { pins: [{ row: 4, position: null }], banned: new RowSet(70, [1, 69]), unknown: ['Nobody is not in the catalog.'] };
  const list = {
    id: 'one',
    globalIndex: 1,
    themeTag: 'one',
    policyId: 'p',
    policyFamilyId: 'f',
    policy,
    refs,
    marks: [{ row: 6, kind: 'ban' as const, position: null }],
  };
  const repeatIndex = new RepeatIndex();
  repeatIndex.addStay('network', { row: 5, lastDay: 20_000, restsUntil: 20_010 });
  repeatIndex.addStay('network', { row: 5, lastDay: 20_005, restsUntil: 20_015 });
  repeatIndex.addStay('f', { row: 69, lastDay: 20_001, restsUntil: 20_002 });
  repeatIndex.setPrevious('one', {
    day: 20_000,
    policyId: 'p',
    restScope: 'network',
    entries: [{ row: 5, recordingId: 6, firstDay: 20_000, restDays: 9, isOpen: false }],
  });
  const separate = {
    pins: [[{ row: 2, position: null }], [{ row: 8, position: 2 }]],
    banned: { recordings: new RowSet(70, [69]), artists: new RowSet(70, [1]), albums: undefined },
    neighbors: undefined,
  };
  const packed = packInput({ from: '2026-11-21', days: 9, policy, own: [list], others: [{ ...list, id: 'two' }], repeatIndex, refs: separate });
  const input = unpackInput(structuredClone(packed), catalog);
  for (const one of [...input.own, ...input.others]) {
    expect([1, 69, 2].map((row) => one.refs.banned?.has(row))).toEqual([true, true, false]);
    expect(one).toMatchObject({ marks: list.marks, refs: { pins: refs.pins, unknown: refs.unknown } });
  }
  for (const scope of ['network', 'f', 'other']) {
    expect(input.repeatIndex.hasScope(scope)).toBe(repeatIndex.hasScope(scope));
    expect(input.repeatIndex.columnsOf(scope, 70)).toEqual(repeatIndex.columnsOf(scope, 70));
  }
  expect(input.repeatIndex.previous('one')).toEqual(repeatIndex.previous('one'));
  const whole = input.refsOf(input.policy);
  expect(whole.pins).toEqual([
    { row: 2, position: null },
    { row: 8, position: 2 },
  ]);
  expect([1, 69].map((row) => whole.banned?.has(row))).toEqual([true, true]);
  const fewer = input.refsOf({ ...input.policy, pins: input.policy.pins.slice(1), bans: { ...input.policy.bans, artists: [] } });
  expect(fewer.pins).toEqual([{ row: 8, position: 2 }]);
  expect([1, 69].map((row) => fewer.banned?.has(row))).toEqual([false, true]);
});
