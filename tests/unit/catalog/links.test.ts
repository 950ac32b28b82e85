import { describe, expect, test } from 'vitest';
import { describeSourceFailure } from '#shared/domain/catalog/import-failures.ts';
import { IMPORT_LINES_MAX, splitImport, splitImportInSteps } from '#shared/domain/catalog/split-import.ts';
import { parseAlbumLine, parseSpotifyLink } from '#shared/domain/catalog/spotify-link.ts';
import { SOURCE_FAILURES } from '#shared/vocabulary.ts';

const ID = '1weenld61qoidwYuZ1GESA';

describe('an album line is parsed', () => {
  test.each([
    `https://open.spotify.com/album/${ID}`,
    `http://open.spotify.com/album/${ID}`,
    `HTTPS://OPEN.SPOTIFY.COM/album/${ID}`,
    `https://Open.Spotify.com/Album/${ID}`,
    `https://open.spotify.com/album/${ID}/`,
    `https://open.spotify.com/album/${ID}?si=abc_DEF-123`,
    `https://open.spotify.com/album/${ID}?si=a&utm_source=copy-link&nd=1`,
    `https://open.spotify.com/album/${ID}/?si=a`,
    `https://open.spotify.com/album/${ID}#_=_`,
    `https://open.spotify.com/album/${ID}?highlight=spotify:track:7q3kkfAVpmcZ8g6JUThi3o`,
    `https://open.spotify.com/intl-de/album/${ID}`,
    `https://open.spotify.com/intl-pt-BR/album/${ID}?si=x`,
    `https://open.spotify.com/INTL-JA/album/${ID}`,
    `https://open.spotify.com/embed/album/${ID}?utm_source=generator&theme=0`,
    `https://open.spotify.com/intl-fr/embed/album/${ID}`,
    `https://open.spotify.com:443/album/${ID}`,
    `http://open.spotify.com:80/album/${ID}`,
    `https://play.spotify.com/album/${ID}`,
    `open.spotify.com/album/${ID}`,
    `spotify:album:${ID}`,
    `SPOTIFY:ALBUM:${ID}`,
    `spotify:album:${ID}?si=1`,
    ID,
    `  ${ID}\t`,
    `\u00a0https://open.spotify.com/album/${ID}\u00a0`,
    `\ufeffhttps://open.spotify.com/album/${ID}`,
    `https://open.spotify.com/album/${ID}\u200b`,
    `"https://open.spotify.com/album/${ID}"`,
    `'spotify:album:${ID}'`,
    `<https://open.spotify.com/album/${ID}>`,
  ])('%j', (given) => {
    expect(parseAlbumLine(given)).toEqual({ kind: 'album', id: ID });
  });
});

describe('a line that is not an album says why', () => {
  test.each([
    ['', 'not_a_link'],
    ['   ', 'not_a_link'],
    ['Kind of Blue', 'not_a_link'],
    ['ftp://open.spotify.com/album/1weenld61qoidwYuZ1GESA', 'not_a_link'],
    ['javascript:alert(1)', 'not_a_link'],
    ['https://', 'not_a_link'],
    ['https:///album/1weenld61qoidwYuZ1GESA', 'not_a_link'],
    ['/album/1weenld61qoidwYuZ1GESA', 'not_a_link'],
    ['https://open.spotify.com/album/1weenld61qoidwYuZ1GESA https://open.spotify.com/album/1weenld61qoidwYuZ1GESA', 'not_a_link'],
    ['https://open.spotify.com/album/1weenld61qoidwYuZ1GESA/edit', 'not_a_link'],
    ['spotify:album:1weenld61qoidwYuZ1GESA:x', 'not_a_link'],
    ['https://music.apple.com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://spotify.com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://api.spotify.com/v1/albums/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://spotify.link/abc', 'wrong_host'],
    ['https://open.spotify.com@evil.example/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://open.spotify.com:x@evil.example/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://user@open.spotify.com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://open.spotify.com\\@evil.example/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://evil.example\\open.spotify.com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://open.spotify.com.evil.example/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://evil.example/open.spotify.com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://evil.example/?u=https://open.spotify.com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://evil.example#open.spotify.com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://оpen.spotify.com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://open.spotıfy.com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://open。spotify。com/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://open.spotify.com:8443/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://open.spotify.com./album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://127.0.0.1/album/1weenld61qoidwYuZ1GESA', 'wrong_host'],
    ['https://open.spotify.com', 'wrong_kind'],
    ['https://open.spotify.com/', 'wrong_kind'],
    ['https://open.spotify.com/search/kind%20of%20blue', 'wrong_kind'],
    ['https://open.spotify.com/track/7q3kkfAVpmcZ8g6JUThi3o', 'wrong_kind'],
    ['https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M?si=1', 'wrong_kind'],
    ['https://open.spotify.com/artist/0kbYTNQb4Pb1rPbbaF0pT4', 'wrong_kind'],
    ['https://open.spotify.com/artist/0kbYTNQb4Pb1rPbbaF0pT4/discography/all', 'wrong_kind'],
    ['https://open.spotify.com/user/somebody', 'wrong_kind'],
    ['https://open.spotify.com/user/somebody/playlist/37i9dQZF1DXcBWIGoYBM5M', 'wrong_kind'],
    ['https://open.spotify.com//album/1weenld61qoidwYuZ1GESA', 'wrong_kind'],
    ['spotify:track:7q3kkfAVpmcZ8g6JUThi3o', 'wrong_kind'],
    ['spotify:user:somebody:playlist:37i9dQZF1DXcBWIGoYBM5M', 'wrong_kind'],
    ['spotify:', 'wrong_kind'],
    ['https://open.spotify.com/album/', 'wrong_id_length'],
    ['https://open.spotify.com/album', 'wrong_id_length'],
    ['https://open.spotify.com/album/1weenld61qoidwYuZ1GES', 'wrong_id_length'],
    ['https://open.spotify.com/album/1weenld61qoidwYuZ1GESAA', 'wrong_id_length'],
    ['https://open.spotify.com/album/1weenld61qoidwYuZ1GES-', 'wrong_id_length'],
    ['https://open.spotify.com/album/1weenld61qoidwYuZ1GES%41', 'wrong_id_length'],
    ['spotify:album:1weenld61qoidwYuZ1', 'wrong_id_length'],
    ['1weenld61qoidwYuZ1GES', 'wrong_id_length'],
    ['1weenld61qoidwYuZ1GESAA', 'wrong_id_length'],
  ])('%j: %s', (given, failure) => {
    expect(parseAlbumLine(given)).toEqual({ kind: 'refused', failure });
  });

  test('a megabyte of anything is refused quickly', () => {
    for (const unit of ['a', '/', ' ', 'https://', 'spotify:', '<', '\u200b', 'intl-de/', '@:', '\\']) {
      expect(parseAlbumLine(unit.repeat(1_000_000 / unit.length)).kind).toBe('refused');
    }
  });
});

test('links to other things are distinguished, so that a message can name them', () => {
  expect(parseSpotifyLink('spotify:track:7q3kkfAVpmcZ8g6JUThi3o')).toEqual({ kind: 'ok', type: 'track', id: '7q3kkfAVpmcZ8g6JUThi3o' });
  expect(parseSpotifyLink('https://open.spotify.com/artist/0kbYTNQb4Pb1rPbbaF0pT4/discography/all')).toMatchObject({ type: 'artist' });
  expect(parseSpotifyLink('https://open.spotify.com/user/x/playlist/37i9dQZF1DXcBWIGoYBM5M')).toMatchObject({ type: 'playlist' });
  expect(parseSpotifyLink('https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk')).toMatchObject({ type: 'episode' });
  expect(parseSpotifyLink('7q3kkfAVpmcZ8g6JUThi3o', 'track')).toMatchObject({ type: 'track' });
});

const linesOf = (text: string) => splitImport(text).lines.map((line) => line.given);

describe('an import is split into lines', () => {
  test('one link per line with any line ending; blank lines are counted and numbers kept', () => {
    expect(splitImport('\ufeffa\r\n\r\n  b  \n\n\rc\n')).toEqual({
      lines: [
        { lineNumber: 1, given: 'a' },
        { lineNumber: 3, given: 'b' },
        { lineNumber: 6, given: 'c' },
      ],
      blankLines: 3,
    });
    expect(splitImport('')).toEqual({ lines: [], blankLines: 0 });
    expect(splitImport('\n \n,,\n')).toEqual({ lines: [], blankLines: 3 });
  });

  test('a table gives its links from any column; several links on a line are several lines with one number', () => {
    expect(linesOf(`Title,"https://open.spotify.com/album/${ID}",1959`)).toEqual([`https://open.spotify.com/album/${ID}`]);
    expect(linesOf(`${ID},Kind of Blue`)).toEqual([ID]);
    expect(linesOf(`spotify:album:${ID};x`)).toEqual([`spotify:album:${ID}`]);
    expect(splitImport(`https://open.spotify.com/album/${ID} https://open.spotify.com/album/${ID}`).lines).toEqual([
      { lineNumber: 1, given: `https://open.spotify.com/album/${ID}` },
      { lineNumber: 1, given: `https://open.spotify.com/album/${ID}` },
    ]);
  });

  test('a line without a link is kept unchanged, so that the refusal can quote it', () => {
    expect(linesOf('Kind of Blue, Miles Davis')).toEqual(['Kind of Blue, Miles Davis']);
    expect(linesOf('https://music.apple.com/x')).toEqual(['https://music.apple.com/x']);
  });

  test('bytes that no database stores are removed', () => {
    expect(linesOf('a\u0000b\u0007')).toEqual(['a b']);
  });

  test.for([
    ['lines of links', `spotify:album:${ID}\n`.repeat(20_000)],
    ['one line of links', `spotify:album:${ID},`.repeat(20_000)],
    ['blank lines', '\n'.repeat(400_000)],
    ['one line of words', 'a '.repeat(200_000)],
    ['one line of commas and a word', `${','.repeat(400_000)}x`],
  ] as const)('a large text of %s is split in many short steps', ([, text]) => {
    const steps = splitImportInSteps(text);
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count += 1;
    expect(step.value).toEqual(splitImport(text));
    expect(count).toBeGreaterThanOrEqual(text.startsWith(',') ? 3 : 15);
  });

  test('ten thousand and one lines are all counted, so that the limit can be reported', () => {
    expect(splitImport(`${ID}\n`.repeat(IMPORT_LINES_MAX + 1)).lines).toHaveLength(10_001);
  });
});

test('every failure of a source has a problem and a remedy, each a sentence', () => {
  for (const failure of SOURCE_FAILURES) {
    const { problem, remedy } = describeSourceFailure(failure);
    expect(problem, failure).toMatch(/^[A-Z].*\.$/);
    expect(remedy, failure).toMatch(/^[A-Z].*\.$/);
  }
});
