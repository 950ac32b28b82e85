import { describe, expect, test } from 'vitest';
import { recordingId } from '#shared/ids.ts';
import {
  confidenceOf,
  matchKey,
  normalizeArtist,
  normalizeIsrc,
  normalizeTitle,
  resolveIdentity,
} from '#shared/domain/catalog/recording-identity.ts';
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
  expect(normalizeIsrc('USSM1590011')).toBeNull();
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

  test('with two different ISRCs is two recordings, however similar', () => {
    expect(resolveIdentity(track('USSM15900112'), [known(1, 'USSM19902991', 545_000)])).toEqual({ kind: 'new', basis: 'isrc', confidence: 1 });
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
    expect(confidenceOf('isrc', 99_999)).toBe(1);
    expect(confidenceOf('title_artists_duration', 99_999)).toBe(0.7);
    expect(confidenceOf('title_artists_duration', -1_500)).toBe(0.8);
  });
});
