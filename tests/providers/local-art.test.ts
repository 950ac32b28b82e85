import { createLocalArt } from '#server/providers/local-art/local-art.ts';
import { ART_FAMILY_NAMES } from '#shared/domain/covers/art/family-names.ts';
import type { Json } from '#shared/json.ts';
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { MIDDLE_MUSIC } from '../support/covers/sample-music.ts';

const vendor = createLocalArt();
const start = (body: { readonly [field: string]: Json }, signal = new AbortController().signal) =>
  vendor.start({ renderId: 'r', endpoint: 'local-art', body: { music: MIDDLE_MUSIC, ...body }, files: [] }, signal);

async function png(body: { readonly [field: string]: Json }): Promise<Uint8Array> {
  const progress = await start(body);
  if (!('kind' in progress) || progress.kind !== 'done') throw new Error(JSON.stringify(progress));
  expect(progress.files).toHaveLength(1);
  expect(progress.files[0]!.mediaType).toBe('image/png');
  return progress.files[0]!.bytes;
}

test.each(ART_FAMILY_NAMES)('%s: a PNG of the size asked for, the same bytes each time, other bytes for another family or seed', async (family) => {
  const body = { family, composition: 1, seed: 7, size: 320, title: 'Night Bus' };
  const [one, again] = [await png(body), await png(body)];
  expect(Buffer.compare(one, again)).toBe(0);
  expect(await sharp(one).metadata()).toMatchObject({ format: 'png', width: 320, height: 320 });
  const { channels } = await sharp(one).stats();
  expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(12);
});

test.each([64, 300, 1024, 3000])('draws at %i pixels', async (size) => {
  expect(await sharp(await png({ family: 'contour', size })).metadata()).toMatchObject({ width: size, height: size });
});

/** What a title looks like, as a hash. */
const digest = async (text: string) =>
  createHash('sha256')
    .update(await png({ family: 'type', composition: 1, palette: 'bone', title: text, size: 200 }))
    .digest('hex');

test.each(['Night Bus', 'Ночной автобус', 'Ωδή', 'ليالي', 'שלום', 'रात की बस', 'รถเมล์', '夜のドライブ', '심야 버스', '夜间巴士', '🚌🌙'])(
  'spells "%s" with glyphs, not with empty boxes',
  async (title) => {
    // Unassigned code points have no glyph in any face: a title drawn like them would be boxes.
    expect(await digest(title)).not.toBe(await digest(title.replaceAll(/[^\s]/gu, '\u{10FFFE}')));
  },
);

test('completes what is left out: family, composition and palette are chosen, and the answer names the seed', async () => {
  const progress = await start({ seed: 42 });
  expect(progress).toMatchObject({ kind: 'done', files: [{ seed: '42' }] });
});

test.each([
  [{ family: 'oil' }, 'family'],
  [{ composition: 5 }, 'composition'],
  [{ palette: 'sepia' }, 'palette'],
  [{ palette: '../x' }, 'palette'],
  [{ size: 63 }, 'size'],
  [{ size: 3001 }, 'size'],
  [{ size: 64.5 }, 'size'],
  [{ seed: -1 }, 'seed'],
  [{ title: 'x'.repeat(501) }, 'title'],
  [{ music: { tempo: 120 } }, 'music.valence'],
  [{ secondMood: { valence: 2, energy: 0 } }, 'secondMood.valence'],
  [{ reversed: 'yes' }, 'reversed'],
] as const)('refuses %j by the field %s, at no cost', async (body, field) => {
  expect(await start(body as { readonly [name: string]: Json })).toMatchObject({ kind: 'refused', reason: 'invalid', field, charged: 'no' });
});

test('many pictures at once are all drawn, and one that is canceled stops waiting at once', async () => {
  const canceled = new AbortController();
  const waiting = start({ family: 'rules', size: 3000 }, canceled.signal);
  const others = Array.from({ length: 12 }, (_, seed) => png({ seed, size: 128, title: 'x' }));
  canceled.abort(new Error('no longer wanted'));
  await expect(waiting).rejects.toThrow('no longer wanted');
  expect(await Promise.all(others)).toHaveLength(12);
  await expect(start({ seed: 1 }, canceled.signal)).rejects.toThrow('no longer wanted');
});

test('music with nothing known still gets a picture', async () => {
  const nothing = {
    valence: null,
    energy: null,
    danceability: null,
    acousticness: null,
    instrumentalness: null,
    tempo: null,
    decade: null,
    genres: [],
    tracks: [],
  };
  for (const family of ART_FAMILY_NAMES) expect((await png({ family, music: nothing, size: 100 })).length).toBeGreaterThan(200);
});
