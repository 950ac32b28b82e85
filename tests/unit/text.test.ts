import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorLine } from '#server/use-cases/operations/jobs/failure-reason.ts';
import { excerpt } from '#server/providers/http.ts';
import { normalizeArtist } from '#shared/domain/catalog/normalize-title.ts';
import { matchKey } from '#shared/domain/catalog/recording-identity.ts';
import { DEFAULT_NAME_TEMPLATE, playlistName } from '#shared/domain/curation/naming.ts';
import { ThemeNames } from '#shared/domain/scaling/scaling-names.ts';
import { cutText, isStorable, storableText } from '#shared/domain/text.ts';

/** Each is seen as one character: a surrogate pair, a base with a mark, a joined family, a flag, a letter with a selector. */
const CHARACTERS = ['😀', 'e\u0301', '👨‍👩‍👧‍👦', '🇩🇪', '❤️', '각'] as const;

describe('cutting text', () => {
  test.for(CHARACTERS)('never splits %s', (character) => {
    for (let inside = 1; inside < character.length; inside++) {
      const text = `${'x'.repeat(20)}${character}y`;
      expect(cutText(text, 20 + inside)).toBe('x'.repeat(20));
      expect(cutText(text, 20 + character.length)).toBe(`${'x'.repeat(20)}${character}`);
    }
  });

  test('leaves a text that fits unchanged, and never returns more than was asked for', () => {
    expect([cutText('abc', 3), cutText('abc', 2), cutText('abc', 0), cutText('😀', 1)]).toEqual(['abc', 'ab', '', '']);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(60), (text, lengthMax) => {
        const cut = cutText(text, lengthMax);
        return cut.length <= lengthMax && text.startsWith(cut) && (!isStorable(text) || isStorable(cut));
      }),
    );
  });

  test('cuts a character that is longer than the limit between code points, so that something remains', () => {
    expect(cutText(`a${'\u0301'.repeat(500)}`, 100)).toBe(`a${'\u0301'.repeat(99)}`);
    expect(cutText(`a${'\u{1d165}'.repeat(500)}`, 100)).toBe(`a${'\u{1d165}'.repeat(49)}`);
  });

  test.for<readonly [what: string, cut: (text: string) => string]>([
    ['a match key', (text) => matchKey(text, [text])],
    ['an artist’s key', normalizeArtist],
    ['the name of a playlist', (themeTag) => playlistName(DEFAULT_NAME_TEMPLATE, { themeTag, globalIndex: 1, day: '2026-11-30' })],
    ['the name of an added playlist', (theme) => new ThemeNames([theme]).next(theme)],
    ['the reason of a failed job', (text) => errorLine(new Error(text)) ?? ''],
    ['an excerpt of a vendor’s response', excerpt],
  ])('%s of any length can be stored', ([, cut]) => {
    for (let length = 30; length < 1_010; length += 1) expect(isStorable(cut(`${'x'.repeat(length)}${'😀'.repeat(300)}`))).toBe(true);
  });
});

test.for([
  ['NUL', 'a\u0000b', 'ab'],
  ['the first half of an emoji', 'Party \ud83c', 'Party \ufffd'],
  ['the second half of an emoji', '\udf89 Party', '\ufffd Party'],
  ['two halves in the wrong order', '\udf89\ud83c', '\ufffd\ufffd'],
  ['a whole emoji', 'Party 🎉', 'Party 🎉'],
  ['a backslash and the word u0000', 'C:\\u0000', 'C:\\u0000'],
] as const)('text with %s becomes what Postgres can store', ([, text, stored]) => {
  expect([storableText(text), isStorable(storableText(text)), isStorable(text)]).toEqual([stored, true, text === stored]);
});
