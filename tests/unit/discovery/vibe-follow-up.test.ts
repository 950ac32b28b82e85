import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { editVibe } from '#shared/domain/discovery/vibes/follow-up.ts';
import { expect, test } from 'vitest';

const base: VibeSpec = { genres: ['rock', 'jazz'], energy: [0.6, 1], valence: [0.4, 0.8], report: ['theme:rain'], conflict: [] };
const edited = (sentence: string, spec = base) => editVibe(spec, sentence, { year: 2026 }).spec;

test.each([
  ['less upbeat', { energy: [0.4, 0.8] }],
  ['calmer', { energy: [0.4, 0.8] }],
  ['more energetic', { energy: [0.8, 1] }],
  ['happier', { valence: [0.6, 1] }],
  ['moins triste', { valence: [0.6, 1] }],
  ['more pop', { genres: ['rock', 'jazz', 'pop'] }],
  ['no jazz', { genres: ['rock'], not_genres: ['jazz'] }],
  ['only 20 songs', { tracks: 20 }],
  ['from the 90s', { years: [1990, 1999] }],
  ['slower', { tempo: [0, 95] }],
])('a follow-up edits the chips that are there: “%s”', (sentence, changes) => {
  expect(edited(sentence)).toEqual({ ...base, ...changes });
});

test('a genre that was excluded can be wished again, and an artist', () => {
  const spec: VibeSpec = { not_genres: ['jazz', 'rap'], not_artists: ['Air'], report: [], conflict: [] };
  expect(edited('more jazz, like Air', spec)).toMatchObject({ genres: ['jazz'], not_genres: ['rap'], seeds: ['Air'] });
  expect(edited('more jazz, like Air', spec).not_artists).toBeUndefined();
});
