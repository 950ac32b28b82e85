import { breakableParts, evenLines } from '#shared/domain/covers/type/line-breaks.ts';
import { charactersOf, cleanTitle } from '#shared/domain/covers/type/clean-title.ts';
import { capitalsOf, directionOf, hanFaceOf, mayBeSpaced, scriptsOf } from '#shared/domain/covers/type/scripts.ts';
import { capHeightMin } from '#shared/domain/covers/type/type-layouts.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TITLE_SAMPLES } from '../../support/covers/title-samples.ts';

const width = (text: string) => text.length;

describe('lines of a title', () => {
  test.each([
    ['東京の雨の夜', 'ja', ['東京', 'の', '雨', 'の', '夜']],
    ['서울의 새벽', 'ko', ['서울의 ', '새벽']],
    ['Night Bus to Elsewhere', 'en', ['Night ', 'Bus ', 'to ', 'Elsewhere']],
    ['lo-fi', 'en', ['lo-', 'fi']],
  ])('“%s” may end a line only where its script allows', (title, language, parts) => {
    expect(breakableParts(title, language)).toEqual(parts);
  });

  test('a Thai title breaks at words although it has no spaces', () => {
    expect(breakableParts('ฝนตกกลางคืน', 'th').length).toBeGreaterThan(1);
  });

  test('a closing sign never begins a line, in any script', () => {
    for (const title of ['雨、夜。', '「東京」の夜', 'Rain, Delay!', 'ليل، مدينة']) {
      for (const part of breakableParts(title, 'ja').slice(1)) expect(part).not.toMatch(/^[、。」!,،]/u);
    }
  });

  test('no part is lost and no character is split, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const parts = breakableParts(text, 'en');
        expect(parts.join('')).toBe(text);
        expect(parts.flatMap((part) => charactersOf(part))).toEqual(charactersOf(text));
      }),
    );
  });

  test('the lines are as even as they can be, and an article stays with its word', () => {
    expect(evenLines(breakableParts('aaa bbb ccc ddd', 'en'), 2, width)).toEqual(['aaa bbb', 'ccc ddd']);
    expect(evenLines(breakableParts('King of North', 'en'), 2, width)?.[0]).toBe('King');
    expect(evenLines(['one'], 2, width)).toBeUndefined();
  });
});

describe('titles that cannot be set', () => {
  test.each(['', '   ', '\u202e\u200f', '\u0301'])('a title without any visible character is refused (%j)', (title) => {
    expect(() => cleanTitle(title)).toThrow(/empty/u);
  });

  test('five hundred characters are refused with the count and the limit', () => {
    expect(() => cleanTitle('a'.repeat(500))).toThrow(/500 characters; a cover holds at most 100/u);
    expect(() => cleanTitle('a'.repeat(500), 'subtitle')).toThrow(/subtitle/u);
    expect(cleanTitle('👩‍👩‍👧‍👦'.repeat(100))).toHaveLength(1100);
  });

  test('marks stacked on one letter are refused; the marks of languages are not', () => {
    expect(() => cleanTitle(`a${'\u0335'.repeat(9)}`)).toThrow(/too many marks/u);
    for (const title of ['क्षि', 'ที่นี่', 'ế', 'שָׁלוֹם', '❤️']) expect(cleanTitle(title)).toBe(title.normalize('NFC'));
  });

  test('direction controls, hidden tags and control characters are removed', () => {
    expect(cleanTitle('abc\u202edef\u2066g\u{e0041}\u0007\u200b'.replace('\u200b', ''))).toBe('abcdefg');
    const england = '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
    expect(cleanTitle(england)).toBe(england);
    expect(cleanTitle('one\n\t two')).toBe('one two');
  });
});

describe('scripts', () => {
  test('every sample names its script, and signs name none', () => {
    for (const { title } of TITLE_SAMPLES) expect(scriptsOf(title).size > 0 || title === '!!!').toBe(true);
  });

  test('Han characters follow kana, then hangul, then the language, then Chinese', () => {
    expect(hanFaceOf('夜のバス', 'zh')).toBe('ja');
    expect(hanFaceOf('夜 버스', undefined)).toBe('ko');
    expect(hanFaceOf('夜', 'ja-JP')).toBe('ja');
    expect(hanFaceOf('夜', 'de')).toBe('zh');
  });

  test('only Latin, Greek and Cyrillic have capitals, by the rules of the language', () => {
    expect(capitalsOf('istanbul', 'tr')).toBe('İSTANBUL');
    expect(capitalsOf('ночь', 'ru')).toBe('НОЧЬ');
    expect(capitalsOf('Tokyo 夜', 'ja')).toBe('Tokyo 夜');
    expect(capitalsOf('straße', 'not a language')).toBe('STRASSE');
  });

  test('joined scripts are never spaced and read in their own direction', () => {
    expect(['ليل', 'रात', 'กลาง'].map(mayBeSpaced)).toEqual([false, false, false]);
    expect(['1984 לילה', 'ليل', 'Night לילה', '!!!'].map(directionOf)).toEqual(['rtl', 'rtl', 'ltr', 'ltr']);
  });

  test('shorter titles must be larger', () => {
    expect([1, 12, 13, 24, 25, 100].map(capHeightMin)).toEqual([0.11, 0.11, 0.08, 0.08, 0.055, 0.04]);
  });
});
