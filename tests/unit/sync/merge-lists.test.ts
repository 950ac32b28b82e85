import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeLists } from '#shared/domain/sync/planning/merge-lists.ts';

const uris = (text: string) => text.split('').map((letter) => `spotify:track:${letter}`);
const merge = (base: string, theirs: string, ours: string) => mergeLists({ base: uris(base), theirs: uris(theirs), ours: uris(ours) });

describe('a merge of three lists', () => {
  test.each([
    { what: 'no manual edit: ours', base: 'abcd', theirs: 'abcd', ours: 'abef', is: 'abef' },
    { what: 'an added track stays after its neighbor', base: 'abcd', theirs: 'abXcd', ours: 'dabc', is: 'dabXc' },
    { what: 'an added track keeps its position when its neighbor is gone', base: 'abcd', theirs: 'abXcd', ours: 'efgh', is: 'efXgh' },
    { what: 'two added tracks stay together', base: 'abcd', theirs: 'aXYbcd', ours: 'efgh', is: 'eXYfgh' },
    { what: 'a removed track stays away', base: 'abcd', theirs: 'abd', ours: 'abcd', is: 'abd' },
    { what: 'a new order alone is reverted to ours', base: 'abcd', theirs: 'dcba', ours: 'abcd', is: 'abcd' },
    { what: 'emptying the list removes no single track', base: 'abcd', theirs: '', ours: 'abce', is: 'abce' },
  ])('$what', ({ base, theirs, ours, is }) => {
    expect(merge(base, theirs, ours).uris).toEqual(uris(is));
  });

  test('reports the manual edits', () => {
    expect(merge('abcd', 'dbXc', 'abcd')).toMatchObject({
      added: [{ uri: 'spotify:track:X', position: 3 }],
      removed: uris('a'),
      cleared: 0,
      reordered: true,
      outside: uris('X'),
    });
    expect(merge('abcd', 'X', 'abcd')).toMatchObject({ removed: [], cleared: 4, reordered: false });
  });

  test('takes an item that Spotify hides for the one at that position, and not for a removed one', () => {
    const hidden = mergeLists({ base: uris('abcd'), theirs: [...uris('ab'), null, ...uris('d')], ours: uris('abcd') });
    expect(hidden).toMatchObject({ removed: [], added: [], uris: uris('abcd') });
  });

  test('reports only additions from an unfinished write of ours', () => {
    const unfinished = mergeLists({ base: uris('abcd'), theirs: uris('efX'), ours: uris('efgh'), unfinishedUris: new Set(uris('efgh')) });
    expect(unfinished).toMatchObject({ added: [{ uri: 'spotify:track:X', position: 3 }], removed: [], cleared: 0, reordered: false });
    expect(unfinished.uris).toEqual(uris('efXgh'));
  });

  test('keeps a track until it is removed on Spotify', () => {
    const lists = { base: uris('abX'), ours: uris('cd'), keptAdditions: uris('X') };
    expect(mergeLists({ ...lists, theirs: uris('abX') }).uris).toEqual(uris('cdX'));
    expect(mergeLists({ ...lists, theirs: uris('ab') }).uris).toEqual(uris('cd'));
  });
});

const list = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }).map((numbers) => numbers.map((n) => `spotify:track:${n}`));

describe('for any lists', () => {
  test('what was added appears once, what was removed does not, and the rest is ours in our order', () => {
    fc.assert(
      fc.property(list, list, list, (base, theirs, ours) => {
        const merged = mergeLists({ base, theirs, ours });
        expect(new Set(merged.uris).size).toBe(merged.uris.length);
        for (const { uri } of merged.added) expect(merged.uris).toContain(uri);
        for (const uri of merged.removed) expect(merged.uris).not.toContain(uri);
        const away = new Set(merged.removed);
        const outside = new Set(merged.outside);
        expect(merged.uris.filter((uri) => !outside.has(uri))).toEqual(ours.filter((uri) => !away.has(uri)));
      }),
    );
  });

  test('merging the result of a merge finds no edit and changes nothing', () => {
    fc.assert(
      fc.property(list, list, list, (base, theirs, ours) => {
        const first = mergeLists({ base, theirs, ours });
        const away = new Set(first.removed);
        const remaining = ours.filter((uri) => !away.has(uri));
        const again = mergeLists({ base: first.uris, theirs: first.uris, ours: remaining, keptAdditions: first.outside });
        expect(again).toMatchObject({ uris: first.uris, added: [], removed: [], cleared: 0, reordered: false });
      }),
    );
  });

  test('without an edit the result is ours', () => {
    fc.assert(
      fc.property(list, list, (base, ours) => {
        expect(mergeLists({ base, theirs: base, ours }).uris).toEqual(ours);
      }),
    );
  });
});
