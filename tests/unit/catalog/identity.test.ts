import { describe, expect, test } from 'vitest';
import { recordingId } from '#shared/ids.ts';
import { normalizeArtist, normalizeTitle } from '#shared/domain/catalog/normalize-title.ts';
import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import { confidenceOf, findMerges, matchKey, resolveIdentity } from '#shared/domain/catalog/recording-identity.ts';
import type { IdentityCandidate } from '#shared/domain/catalog/recording-identity.ts';

describe('titles of one performance normalize to one title', () => {
  test.each([
    ['Come Together', 'Come Together - Remastered 2009'],
    ['Come Together', 'Come Together (Remastered)'],
    ['Come Together', 'Come Together - 2019 Remaster'],
    ['Come Together', 'Come Together [2009 Digital Remaster]'],
    ['Volare', 'Volare - Remasterizado 2007'],
    ['Volare', 'Volare - Remasterisé en 2016'],
    ['Volare', 'Volare - Versão Remasterizada'],
    ['So What', 'So What (feat. John Coltrane & Bill Evans)'],
    ['So What', 'So What ft. John Coltrane'],
    ['So What', 'So What featuring Bill Evans'],
    ['Stay', 'STAY (with Justin Bieber)'],
    ['Déjà Vu', 'Deja Vu'],
    ['Déjà Vu', 'De\u0301ja\u0300 Vu'],
    ["Don't Stop", 'Don’t Stop'],
    ['Rock & Roll', 'Rock and Roll'],
    ['Ｔｏｋｙｏ', 'Tokyo'],
    ['Dreams', 'Dreams - Album Version'],
    ['Dreams', 'Dreams (Explicit)'],
    ['Dreams', 'Dreams - Bonus Track'],
    ['Dreams', 'Dreams (Deluxe Edition)'],
    ['Dreams', 'Dreams (From the Motion Picture Soundtrack)'],
    ['Dreams', 'Dreams - Official Audio'],
    ['Dreams (Live)', 'Dreams - Live'],
    ['Dreams - Live at the Fillmore', 'Dreams (Live at the Fillmore) - 2004 Remaster'],
    ['Dreams (Live)', 'Dreams (Live / Remastered 2009)'],
    ['Dreams', 'Dreams (Clean Version)'],
    ['Dreams', 'Dreams - Explicit Album Version'],
    ['Dreams', 'Dreams [Edited]'],
    ['Dreams, Pt. 2', 'Dreams (Part II)'],
    ['Dreams, Pt. 2', 'Dreams - Part Two'],
    ['Dreams (Live)', 'Dreams (Live feat. Anna)'],
    ['Dreams Live', 'Dreams ft. Anna Live'],
    ['Gudrun', 'Guðrun'],
    ['Straße', 'STRASSE'],
  ])('%j = %j', (one, other) => {
    expect(normalizeTitle(other)).toBe(normalizeTitle(one));
  });
});

describe('titles of different performances stay different', () => {
  test.each([
    'Dreams - Live',
    'Dreams (Acoustic)',
    'Dreams (Instrumental)',
    'Dreams - Demo',
    'Dreams (Demo, 1976)',
    'Dreams - Radio Edit',
    'Dreams (Gigamesh Remix)',
    'Dreams - Extended Mix',
    'Dreams (Sped Up)',
    'Dreams (Karaoke Version)',
    'Dreams - Take 2',
    "Dreams (Taylor's Version)",
    'Dreams - Mono',
    'Dreams, Pt. 2',
    'Dreams II',
    'Dreams (With You)',
    'Dreams Remastered World',
  ])('%j', (other) => {
    expect(normalizeTitle(other)).not.toBe(normalizeTitle('Dreams'));
  });

  test('accents that make a different letter are kept, and so are scripts without case', () => {
    expect(normalizeTitle('が')).not.toBe(normalizeTitle('か'));
    expect(normalizeTitle('й')).not.toBe(normalizeTitle('и'));
    expect(normalizeTitle('こんにちは')).toBe('こんにちは');
  });

  test('titles of only symbols, of only decorations and of nothing are not merged', () => {
    const titles = ['???', '!!!', '...', '(Remastered)', '- Live', '÷', '$$$'];
    expect(new Set(titles.map(normalizeTitle)).size).toBe(titles.length);
    expect(normalizeTitle('')).toBe('');
  });
});

test('artists are compared ignoring case, accents, a leading "the" and order', () => {
  expect(normalizeArtist('The Beatles')).toBe(normalizeArtist('BEATLES'));
  expect(normalizeArtist('The The')).toBe('the');
  expect(normalizeArtist('Beyoncé')).toBe('beyonce');
  expect(normalizeArtist('!!!')).toBe('!!!');
  expect(matchKey('Blue', ['Anna', 'Ben'])).toBe(matchKey('BLUE', ['ben', 'anna', 'Anna']));
  expect(matchKey('Blue', ['Anna'])).not.toBe(matchKey('Blue', ['Anna', 'Ben']));
});

describe('guests are artists wherever a release names them', () => {
  const key = matchKey('So What', ['Miles Davis', 'John Coltrane', 'Bill Evans']);
  test.each<[string, string[]]>([
    ['So What (feat. John Coltrane & Bill Evans)', ['Miles Davis']],
    ['So What [ft. Bill Evans, John Coltrane]', ['Miles Davis']],
    ['So What featuring Bill Evans', ['John Coltrane', 'Miles Davis']],
    ['So What (with John Coltrane and Bill Evans)', ['Miles Davis', 'Bill Evans']],
    ['So What', ['Bill Evans', 'Miles Davis', 'John Coltrane']],
  ])('%j by %j', (title, artists) => {
    expect(matchKey(title, artists)).toBe(key);
  });

  test('and a version without them is another recording', () => {
    expect(matchKey('So What', ['Miles Davis'])).not.toBe(key);
    expect(matchKey('So What (feat. Anna)', ['Miles Davis'])).not.toBe(matchKey('So What (feat. Ben)', ['Miles Davis']));
    expect(matchKey('Ft. Worth Blues', ['Steve'])).not.toBe(matchKey('Worth Blues', ['Steve']));
  });

  test('movements and parts with different numbers are different', () => {
    const titles = ['Sonata: I. Allegro', 'Sonata: II. Allegro', 'Sonata, Pt. 1', 'Sonata, Pt. 2', 'Sonata, Pt. IX', 'Sonata, Part 10', 'Sonata'];
    expect(new Set(titles.map((title) => matchKey(title, ['Anna']))).size).toBe(titles.length);
  });
});

test('a match key stays short enough for an index, and long ones still differ', () => {
  const artists = Array.from({ length: 80 }, (_, index) => `Orchestra number ${index}`);
  const key = matchKey('Symphony', artists);
  expect(key.length).toBeLessThanOrEqual(500);
  expect(matchKey('Symphony', [...artists, 'A soloist'])).not.toBe(key);
  expect(matchKey('😀'.repeat(600), ['x'])).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  expect(matchKey('('.repeat(200_000), [')'.repeat(200_000)]).length).toBeLessThanOrEqual(500);
});

test('an ISRC is read with hyphens and in lower case, and nothing else is accepted', () => {
  expect(normalizeIsrc('us-sm1-59-00112')).toBe('USSM15900112');
  for (const same of ['USSM15900112', ' us sm1 59 00112 ', 'US‐SM1–59—00112', 'ＵＳSM15900112', 'ISRC US-SM1-59-00112', 'ISRC: USSM15900112'])
    expect(normalizeIsrc(same)).toBe('USSM15900112');
  for (const invalid of ['USSM1590011', 'USSM159001123', 'ÜSSM15900112', '1SSM15900112', 'n/a', '']) expect(normalizeIsrc(invalid)).toBeNull();
  expect(normalizeIsrc('ISRC15900112')).toBe('ISRC15900112');
  expect(normalizeIsrc(null)).toBeNull();
});

describe('the recording of a track', () => {
  const key = matchKey('So What', ['Miles Davis']);
  const known = (id: number, isrc: string | null, durationMs: number, of = key): IdentityCandidate => ({
    recordingId: recordingId.parse(id),
    isrc,
    durationMs,
    matchKey: of,
  });
  const track = (isrc: string | null, durationMs = 545_000, of = key) => ({ isrc, durationMs, matchKey: of });

  test('is decided by the same ISRC, whatever the title and the length', () => {
    const result = resolveIdentity(track('USSM15900112', 1, 'other | x'), [known(1, null, 1, 'other | x'), known(2, 'USSM15900112', 545_000)]);
    expect(result).toEqual({ kind: 'same', recordingId: 2, basis: 'isrc', confidence: 1 });
  });

  test('with two different ISRCs is one where title, artists and duration agree, with less confidence; never where they do not', () => {
    const same = { kind: 'same', recordingId: 1, basis: 'title_artists_duration' };
    expect(resolveIdentity(track('USSM15900112'), [known(1, 'USSM19902991', 545_000)])).toEqual({ ...same, confidence: 0.8 });
    expect(resolveIdentity(track('USSM15900112'), [known(1, 'USSM19902991', 548_000)])).toEqual({ ...same, confidence: 0.6 });
    expect(resolveIdentity(track('USSM15900112'), [known(1, 'USSM19902991', 548_001)])).toEqual({ kind: 'new', basis: 'isrc', confidence: 1 });
    for (const title of ['So What - Live', 'So What (Remix)', 'So What (Acoustic)', 'So What - Instrumental', 'So What (Demo)', 'So What, Pt. 2']) {
      const other = matchKey(title, ['Miles Davis']);
      expect(resolveIdentity(track('USSM15900112'), [known(1, 'USSM19902991', 545_000, other)]), title).toMatchObject({ kind: 'new' });
      // Both say the same.
      expect(resolveIdentity(track('USSM15900112', 545_000, other), [known(1, 'USSM19902991', 545_000, other)]), title).toMatchObject({
        kind: 'same',
      });
    }
  });

  test('is not known from an unknown duration', () => {
    expect(resolveIdentity(track(null, 0), [known(1, null, 0)])).toMatchObject({ kind: 'new' });
  });

  test('does not grow into a chain: each is compared with the first of its recording, in the order of their ids', () => {
    const chain = [known(1, null, 200_000), known(2, null, 202_500), known(3, null, 205_000), known(4, null, 207_500), known(5, null, 202_600)];
    const found = findMerges(chain.toReversed(), () => false);
    expect(found.map(({ from, into }) => [from, into])).toEqual([
      [2, 1],
      [4, 3],
      [5, 3],
    ]);
    expect(findMerges(chain, (one, other) => one + other === 3).map(({ from, into }) => [from, into])).toEqual([
      [3, 2],
      [5, 2],
    ]);
  });

  test('without an ISRC on one side is decided by title, artists and at most three seconds, with less confidence the further apart', () => {
    expect(resolveIdentity(track(null), [known(1, 'USSM15900112', 545_000)])).toEqual({
      kind: 'same',
      recordingId: 1,
      basis: 'title_artists_duration',
      confidence: 0.9,
    });
    expect(resolveIdentity(track('USSM15900112'), [known(1, null, 546_500)])).toMatchObject({ recordingId: 1, confidence: 0.8 });
    expect(resolveIdentity(track(null), [known(1, null, 548_000)])).toMatchObject({ kind: 'same', confidence: 0.7 });
    expect(resolveIdentity(track(null), [known(1, null, 548_001)])).toEqual({ kind: 'new', basis: 'title_artists_duration', confidence: 0.9 });
    expect(resolveIdentity(track(null), [known(1, null, 545_000, matchKey('So What', ['Somebody']))])).toMatchObject({ kind: 'new' });
  });

  test('is the one nearest in length, then the older one', () => {
    expect(resolveIdentity(track(null), [known(1, null, 547_000), known(3, null, 545_500), known(2, null, 544_500)])).toMatchObject({
      recordingId: 2,
    });
  });

  test('is never shared because titles are missing', () => {
    const untitled = matchKey('', ['Various Artists']);
    expect(resolveIdentity(track(null, 1_000, untitled), [known(1, null, 1_000, untitled)])).toMatchObject({ kind: 'new' });
  });

  test('has a confidence that stays within its bounds', () => {
    expect(confidenceOf('isrc', { apartMs: 99_999 })).toBe(1);
    expect(confidenceOf('title_artists_duration', { apartMs: 99_999 })).toBe(0.7);
    expect(confidenceOf('title_artists_duration', { apartMs: -1_500 })).toBe(0.8);
  });
});
