import { editDistance } from '#shared/domain/discovery/search/edit-distance.ts';
import { rankEntries } from '#shared/domain/discovery/search/rank-entries.ts';
import { readSearchQuery } from '#shared/domain/discovery/search/read-query.ts';
import { correctedConditions, exactCondition } from '#shared/domain/discovery/search/search-conditions.ts';
import { indexedText, queryTokens, wordForms, wordsOf } from '#shared/domain/discovery/search/words.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const wordsQuery = (text: string) => {
  const query = readSearchQuery(text);
  if (query?.kind !== 'words') throw new Error(`${text} is not read as words.`);
  return query;
};

const stored = (text: string) => new Set(indexedText(text, []).words);

/** The textbook table, without limits. */
const naive = (a: string, b: string): number => {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_cell, j) => (i === 0 ? j : j === 0 ? i : 0)));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i]![j] = Math.min(rows[i]![j]!, rows[i - 2]![j - 2]! + 1);
    }
  return rows[a.length]![b.length]!;
};

const entry = (ref: string, title: string, artist: string, popularity: number | null = null) => ({
  kind: 'recording' as const,
  ref,
  text: indexedText(title, [artist]).text,
  popularity,
});
describe('words of a search', () => {
  test.each([
    ['Motörhead', ['motorhead']],
    ['AC/DC', ['ac', 'dc']],
    ['P!nk', ['p', 'nk']],
    ['Guns N’ Roses', ['guns', 'n', 'roses']],
    ['Don’t Stop Me Now - Remastered 2011', ['dont', 'stop', 'me', 'now', 'remastered', '2011']],
    ['Ленинград', ['ленинград']],
    ['東京事変', ['東京事変']],
    ['÷', ['÷']],
    ['!!!', ['!!!']],
    ['', []],
  ])('of %j are %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('every word of a title is found in what is stored of it, however it is written', () => {
    for (const [title, typed] of [
      ['AC/DC', 'acdc'],
      ['AC/DC', 'ac dc'],
      ['P!nk', 'pnk'],
      ['東京事変', '東京'],
      ['東京事変', '京事'],
      ['ガラスの少年', '少年'],
      ['방탄소년단', '소년'],
      ['愛してる', '愛'],
      ['สวัสดีปีใหม่', 'ปีใหม่'],
      ['B’z 愛のバクダン', 'bz 愛の'],
    ] as const)
      for (const word of wordsOf(typed))
        for (const token of queryTokens(word)) expect([typed, token, stored(title).has(token)]).toEqual([typed, token, true]);
    expect(queryTokens('年少').every((token) => stored('ガラスの少年').has(token))).toBe(false);
  });

  test('two words that differ by one edit share a form', () => {
    const letters = fc.array(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'é'), { minLength: 4, maxLength: 9 });
    expect(() =>
      fc.assert(
        fc.property(letters, fc.nat(), fc.constantFrom('insert', 'delete', 'replace', 'swap'), (word, seed, kind) => {
          const at = seed % (word.length - 1);
          const edited = [...word];
          if (kind === 'insert') edited.splice(at, 0, 'x');
          if (kind === 'delete') edited.splice(at, 1);
          if (kind === 'replace') edited[at] = 'x';
          if (kind === 'swap') [edited[at], edited[at + 1]] = [word[at + 1] ?? '', word[at] ?? ''];
          const forms = new Set(wordForms(word.join('')));
          return wordForms(edited.join('')).some((form) => forms.has(form));
        }),
      ),
    ).not.toThrow();
  });
});

test('edits between two texts are counted up to a limit, neighbors that were swapped as one', () => {
  expect(editDistance('beyonce', 'beyonce', 2)).toBe(0);
  expect(editDistance('beyonce', 'beyonse', 2)).toBe(1);
  expect(editDistance('beyonce', 'beoynce', 2)).toBe(1);
  expect(editDistance('beyonce', 'beyoncee', 2)).toBe(1);
  expect(editDistance('beyonce', 'bonce', 2)).toBe(2);
  expect(editDistance('beyonce', 'rihanna', 2)).toBe(3);
  expect(editDistance('', 'ab', 3)).toBe(2);
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(fc.property(text, text, fc.integer({ min: 0, max: 4 }), (a, b, most) => editDistance(a, b, most) === Math.min(naive(a, b), most + 1)));
});

describe('a query', () => {
  test.each([
    ['https://open.spotify.com/intl-de/track/0VjIjW4GlUZAMYd2vXMi3b?si=1', { kind: 'link', type: 'track', id: '0VjIjW4GlUZAMYd2vXMi3b' }],
    ['spotify:artist:0VjIjW4GlUZAMYd2vXMi3b', { kind: 'link', type: 'artist', id: '0VjIjW4GlUZAMYd2vXMi3b' }],
    ['0VjIjW4GlUZAMYd2vXMi3b', { kind: 'link', type: 'any', id: '0VjIjW4GlUZAMYd2vXMi3b' }],
    ['us-um7-19-00764', { kind: 'isrc', isrc: 'USUM71900764' }],
    ['spotify:local:Artist:Album:Title:200', { kind: 'refused', why: 'local_file' }],
    ['https://open.spotify.com/episode/0VjIjW4GlUZAMYd2vXMi3b', { kind: 'refused', why: 'not_music' }],
    ['https://open.spotify.com/track/short', { kind: 'refused', why: 'unreadable' }],
    ['https://example.com/track/0VjIjW4GlUZAMYd2vXMi3b', { kind: 'refused', why: 'unreadable' }],
  ])('%j is read as what it is', (text, query) => {
    expect(readSearchQuery(text)).toEqual(query);
  });

  test('of words leaves a dash between artist and title out, but keeps a name of symbols', () => {
    expect(wordsQuery('Adele - Hello').words.map(({ text }) => text)).toEqual(['adele', 'hello']);
    expect(wordsQuery('÷').words.map(({ text }) => text)).toEqual(['÷']);
    expect(readSearchQuery('\u200b ')).toBeUndefined();
    expect(wordsQuery('word '.repeat(500)).words).toHaveLength(16);
  });

  test('becomes conditions of words as typed, and then corrected, joined and split', () => {
    const vocabulary = {
      uses: new Map([
        ['bohemian', 40],
        ['rhapsody', 30],
        ['new', 900],
        ['york', 300],
        ['newyork', 2],
      ]),
      beginnings: [{ word: 'rhapsody', uses: 30 }],
      hasMoreBeginnings: false,
    };
    expect(exactCondition(wordsQuery('bohemian rhap'), { ...vocabulary, uses: new Map([['bohemian', 40]]) })).toEqual({
      anyOf: ["('bohemian') & ('rhap' | 'rhapsody')"],
      uses: 15,
    });
    expect(exactCondition(wordsQuery('bohemian rhap'), { ...vocabulary, hasMoreBeginnings: true })).toEqual({
      anyOf: ["('bohemian')"],
      beginning: 'rhap',
      uses: 40,
    });
    expect(exactCondition(wordsQuery('bohemain rhapsody'), vocabulary)).toBeUndefined();
    const { all, allButOne } = correctedConditions(wordsQuery('bohemain rhapsody '), vocabulary, [[{ word: 'bohemian', uses: 40 }], []]);
    expect(all).toEqual({ anyOf: ["('bohemain' | 'bohemian') & ('rhapsody')"], uses: 15 });
    expect(allButOne?.anyOf).toEqual(["('rhapsody')", "('bohemain' | 'bohemian')"]);
    expect(
      correctedConditions(
        wordsQuery('newyork '),
        {
          ...vocabulary,
          uses: new Map([
            ['new', 900],
            ['york', 300],
          ]),
        },
        [[]],
      ).all?.anyOf,
    ).toEqual(["('newyork' | ('new' & 'york'))"]);
    expect(correctedConditions(wordsQuery('new york '), vocabulary, [[], []]).all?.anyOf).toEqual(["('new' | 'newyork') & ('york' | 'newyork')"]);
    expect(
      correctedConditions(
        wordsQuery("o'x y\\z "),
        {
          uses: new Map([
            ['ox', 1],
            ['y', 1],
            ['z', 1],
          ]),
          beginnings: [],
          hasMoreBeginnings: false,
        },
        [[], [], []],
      ).all?.anyOf,
    ).toEqual(["('ox') & ('y') & ('z')"]);
  });
});

const ranked = (query: string, ...entries: ReturnType<typeof entry>[]) => rankEntries(wordsQuery(query), entries).map(({ ref }) => ref);

describe('hits are ranked', () => {
  test('by edits, then exactly the title, then by how much of the title was typed, then by how well known they are, then by age', () => {
    expect(ranked('hello adele', entry('1', 'Hello Again', 'Adele', 90), entry('2', 'Hello', 'Adele', 10), entry('3', 'Hallo', 'Adele', 99))).toEqual(
      ['2', '1', '3'],
    );
    expect(ranked('hello', entry('1', 'Hello', 'A', 10), entry('2', 'Hello', 'B', 80), entry('3', 'Hello', 'C'), entry('10', 'Hello', 'D'))).toEqual([
      '2',
      '1',
      '3',
      '10',
    ]);
    for (const [query, title, wellKnown] of [
      ['loser', 'Loser', 'Losers'],
      ['run to me', 'Run to Me', 'Run to Metal'],
      ['little by little', 'Little by Little', 'Little By &'],
      ['gimme gimme gimme', 'Gimme! Gimme! Gimme!', 'Gimme'],
      ['hold on', 'Hold On', 'On Hold'],
    ] as const)
      expect([query, ranked(query, entry('1', wellKnown, 'A', 90), entry('2', title, 'B', 10))]).toEqual([query, ['2', '1']]);
    expect(ranked('hold on b', entry('1', 'On Hold', 'B', 90), entry('2', 'Hold On', 'B', 10))).toEqual(['2', '1']);
    expect(ranked('queen', entry('1', 'Somebody to Love', 'Queen', 90), entry('2', 'Queen', 'Perfume Genius', 20))).toEqual(['2', '1']);
  });

  test('with words in another order, misspelled, joined or split', () => {
    for (const query of ['adele hello', 'helo adele', 'helloadele', 'hel lo adele', 'hello adel', 'ehllo adlee'])
      expect([query, ranked(query, entry('1', 'Hello', 'Adele'), entry('2', 'Yellow', 'Coldplay'))]).toEqual([query, ['1']]);
  });

  test('without those that miss a word, unless only one of several is missing', () => {
    expect(ranked('hello', entry('1', 'Skyfall', 'Adele'))).toEqual([]);
    expect(ranked('hello adele xyzzy', entry('1', 'Hello', 'Adele'), entry('2', 'Skyfall', 'Adele'))).toEqual(['1']);
  });
});
