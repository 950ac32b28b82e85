import { vibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { parseVibe } from '#shared/domain/discovery/vibes/parse-vibe.ts';
import { checkRadioPrompt } from '#shared/domain/discovery/vibes/radio/check-radio-prompt.ts';
import { writeRadioPrompt } from '#shared/domain/discovery/vibes/radio/write-radio-prompt.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const specOf = (prompt: string) => parseVibe(prompt, { year: 2026 }).spec;

test('artists, tags, hashtags, weights, options and exclusions become fields', () => {
  expect(specOf('artist:(Air, Björk):3 tag:(dream pop):2 #trip_hop -tag:(rap) -artist:(Drake) -word:(remix) -#metal')).toMatchObject({
    seeds: ['Air', 'Björk'],
    genres: ['dream pop', 'trip hop'],
    not_genres: ['rap', 'metal'],
    not_artists: ['Drake'],
    not_words: ['remix'],
    weights: [
      { of: 'seeds', name: 'Air', weight: 3 },
      { of: 'seeds', name: 'Björk', weight: 3 },
      { of: 'genres', name: 'dream pop', weight: 2 },
    ],
  });
  expect(
    specOf('artist:(Air):nosim years:1998-2004 years:2010 energy:0.2-0.5 tempo:100-120 explicit:no minutes:45 order:rising heard:new'),
  ).toMatchObject({
    artists: ['Air'],
    years_any: [
      [1998, 2004],
      [2010, 2010],
    ],
    energy: [0.2, 0.5],
    tempo: [100, 120],
    explicit: false,
    minutes: 45,
    order: 'rising',
    heard: 'new',
  });
});

test('an error has its place, what is wrong and what to write', () => {
  const wrong: [string, number, RegExp, RegExp][] = [
    ['tag:(pop) artis:(Air)', 10, /“artis” is no element/, /Did you mean “artist”/],
    ['tag:(pop) artist:()', 10, /names nothing/, /artist:\(Air\)/],
    ['artist:(Air):2:loud', 15, /“loud” is no option of artist/, /nosim/],
    ['artist:(Air):99', 13, /99 is no weight/, /1 to 10/],
    ['artist:daft punk', 12, /“punk” belongs to no element/, /in brackets/],
    ['tag:(pop) energy:loud', 10, /“loud” is no value of energy/, /0\.2-0\.5/],
    ['tag:(pop) years:2004-1998', 10, /is no value of years/, /1990-1999/],
    ['tag:(pop) -tempo:120', 10, /tempo cannot be excluded/, /minus/],
  ];
  for (const [prompt, at, message, remedy] of wrong) {
    const [error] = checkRadioPrompt(prompt);
    expect([prompt, error?.at]).toEqual([prompt, at]);
    expect(error?.message).toMatch(message);
    expect(error?.remedy).toMatch(remedy);
  }
  expect(checkRadioPrompt('artist:(Air')).toEqual([{ at: 7, length: 1, message: 'This bracket is not closed.', remedy: expect.any(String) }]);
});

test('sentences and hashtags among words have no errors', () => {
  for (const text of ['calm jazz for a rainy day', '#chill vibes for sunday', '#punk', 'my artist: someone', ''])
    expect(checkRadioPrompt(text)).toEqual([]);
  expect(specOf('#chill vibes')).toMatchObject({ genres: ['chill'], report: ['theme:vibes'] });
});

const name = fc.constantFrom('Air', 'Daft Punk', 'Sigur Rós', 'AC/DC', '東京事変');
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });
const genres = fc.uniqueArray(fc.constantFrom('dream pop', 'punk', 'trip hop', 'k-pop'), { minLength: 1, maxLength: 3 });
const share = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .map(([a, b]): [number, number] => [Math.min(a, b) / 100, Math.max(a, b) / 100]);
const span = fc
  .tuple(fc.integer({ min: 1950, max: 2026 }), fc.integer({ min: 1950, max: 2026 }))
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);

test('chips written as a prompt and read again are the same chips', () => {
  const spec = fc.record(
    {
      seeds: names,
      artists: names,
      genres,
      not_genres: genres,
      not_artists: names,
      not_words: fc.constantFrom<string[]>(['remix'], ['live', 'edit']),
      years: span,
      not_years: fc.array(span, { minLength: 1, maxLength: 3 }),
      energy: share,
      valence: share,
      live: share,
      tempo: span,
      track_seconds: span,
      explicit: fc.boolean(),
      minutes: fc.integer({ min: 1, max: 1_000 }),
      tracks: fc.integer({ min: 1, max: 500 }),
      order: fc.constantFrom('rising' as const, 'falling' as const, 'arc' as const, 'flat' as const),
      popularity: fc.constantFrom('hits' as const, 'deep' as const),
      heard: fc.constantFrom('new' as const, 'not recently' as const),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(spec, (given) => {
      const { tempo, ...others } = given;
      const full: VibeSpec = { ...others, ...(tempo ? { tempo: [tempo[0] / 20, tempo[1] / 20] } : {}), report: [], conflict: [] };
      const prompt = writeRadioPrompt(full);
      if (prompt === '') return;
      expect(checkRadioPrompt(prompt)).toEqual([]);
      expect(vibeSpec.parse(specOf(prompt))).toEqual(full);
    }),
    { numRuns: 300 },
  );
});

test('any text is read without an exception, and its errors lie within it', () => {
  const piece = fc.constantFrom('artist:', 'tag:(', ')', '#', '-', ':', '(', 'pop', ' ', ',', '2', 'nosim', 'energy:', '0.2-', 'x:');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      for (const { at, length } of checkRadioPrompt(text)) expect(at >= 0 && at + length <= text.length).toBe(true);
      expect(vibeSpec.safeParse(specOf(text)).success).toBe(true);
    }),
    { numRuns: 500 },
  );
});
