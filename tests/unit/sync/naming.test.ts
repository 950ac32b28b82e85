import { describe, expect, test } from 'vitest';
import { DEFAULT_NAME_TEMPLATE, playlistDescription, playlistName, validateNameTemplate } from '#shared/domain/curation/naming.ts';
import { findMarker, markerFor, unescapeHtml } from '#shared/domain/sync/replica-marker.ts';
import { AppError } from '#shared/errors.ts';

const facts = { themeTag: 'Night Drive', globalIndex: 7, day: '2026-11-21' };

describe('a name', () => {
  test('follows the template, by default the one the network is known by', () => {
    expect(playlistName(DEFAULT_NAME_TEMPLATE, facts)).toBe('Vibe • Night Drive • #007 • 2026-11-21');
    expect(playlistName('{GlobalIndex} {GlobalIndex:00000}', { ...facts, globalIndex: 1234 })).toBe('1234 01234');
    expect(playlistName(DEFAULT_NAME_TEMPLATE, { ...facts, globalIndex: 12_345 })).toContain('#12345');
  });

  test('is one line of at most 100 characters; the theme is shortened, the number and the day stay', () => {
    const name = playlistName(DEFAULT_NAME_TEMPLATE, { ...facts, themeTag: `A\n very ${'long '.repeat(40)}theme` });
    expect(name.length).toBeLessThanOrEqual(100);
    expect(name).toMatch(/^Vibe • A very long .*… • #007 • 2026-11-21$/);
    expect(playlistName(DEFAULT_NAME_TEMPLATE, { ...facts, themeTag: '😀'.repeat(80) })).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  test('a theme with braces or dollar signs is taken literally', () => {
    expect(playlistName('{ThemeTag} {GlobalIndex}', { ...facts, themeTag: '$& {YYYY-MM-DD}' })).toBe('$& {YYYY-MM-DD} 7');
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['{ThemeTag} {Weekday} {GlobalIndex}', '{Weekday}'],
    ['{ThemeTag} {GlobalIndex:111}', '{GlobalIndex:111}'],
    ['{ThemeTag {GlobalIndex}', 'brace'],
    ['{ThemeTag} • {YYYY-MM-DD}', 'a distinct name'],
    [`{GlobalIndex} ${'x'.repeat(100)}`, 'characters long'],
  ])('the template %j is refused', (template, says) => {
    try {
      validateNameTemplate(template ?? '');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({
        code: 'invalid_input',
        field: 'nameTemplate',
        message: expect.stringContaining(says ?? ''),
        remedy: expect.stringMatching(/./),
      });
    }
  });

  test('the default template is valid', () => {
    expect(() => validateNameTemplate(DEFAULT_NAME_TEMPLATE)).not.toThrow();
  });
});

describe('the marker', () => {
  const replica = '01999f5e-0000-7000-8000-abcdef012345';

  test('comes from the random end of the replica id, so that replicas made at one moment differ', () => {
    expect(markerFor(replica)).toBe('segue:abcdef012345');
    expect(markerFor('01999f5e-0000-7000-8000-abcdef012346')).not.toBe(markerFor(replica));
  });

  test('is found in a description as Spotify returns it, and only when it is complete', () => {
    expect(findMarker(`50 tracks. ${markerFor(replica)}`)).toBe('segue:abcdef012345');
    expect(findMarker('Rock &amp; Roll &#x2F; segue&#58;ABCDEF012345 by hand')).toBe('segue:abcdef012345');
    expect(findMarker('segue:abcdef0123456')).toBeNull();
    expect(findMarker('segue:abcdef01234')).toBeNull();
    expect(findMarker('')).toBeNull();
    expect(findMarker(null)).toBeNull();
  });

  test('escapes are decoded once, and a number that is no character becomes U+FFFD', () => {
    expect(unescapeHtml('Tom &amp; Jerry&#39;s &lt;b&gt; &quot;x&quot; &#x1F600; &nbsp; &#0; &#9999999;')).toBe(
      `Tom & Jerry's <b> "x" 😀 &nbsp; \ufffd \ufffd`,
    );
    expect(unescapeHtml('&amp;lt;')).toBe('&lt;');
  });
});

describe('a description', () => {
  const marker = 'segue:abcdef012345';

  test('promises, explains and ends with the marker, on one line', () => {
    expect(playlistDescription({ size: 50, restDays: 30, rules: ['Energy at least 0.6', 'Released\nbefore 1990'], marker })).toBe(
      `50 tracks, no repeats within 30 days. Energy at least 0.6; released before 1990. ${marker}`,
    );
    expect(playlistDescription({ size: 1, restDays: 0, rules: [], marker })).toBe(`1 track, updated daily. ${marker}`);
  });

  test('ends every sentence once, whether or not its writer added the period', () => {
    const describeRules = (...rules: string[]) => playlistDescription({ size: 1, restDays: 0, rules, marker });
    expect(describeRules('Low light, long water.')).toBe(`1 track, updated daily. Low light, long water. ${marker}`);
    expect(describeRules('The list of 3 May, shown again', 'Who is awake?')).toBe(
      `1 track, updated daily. The list of 3 May, shown again; who is awake? ${marker}`,
    );
  });

  test('never exceeds 300 characters: rules that do not fit are omitted, the marker never', () => {
    for (let length = 0; length < 40; length++) {
      const rules = Array.from({ length }, (_, index) => `Rule number ${index} in so many words`);
      const text = playlistDescription({ size: 500, restDays: 730, rules, marker });
      expect(text.length).toBeLessThanOrEqual(300);
      expect(text.endsWith(` ${marker}`)).toBe(true);
    }
    expect(playlistDescription({ size: 50, restDays: 30, rules: ['x'.repeat(400)], marker })).toBe(`50 tracks, no repeats within 30 days. ${marker}`);
  });
});
