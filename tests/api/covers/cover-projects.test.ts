import { generationHistory } from '#drizzle/schema/index.ts';
import type { UploadedPicture } from '#shared/contracts/studio/uploaded-picture.ts';
import { AppError } from '#shared/errors.ts';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { TEST_ADMIN_KEY } from '#tests/support/app.ts';
import { openCovers, signInAs } from '#tests/support/covers/cover-people.ts';

const words = { title: 'Harbor Glass', subtitle: null, picturePrompt: null, paletteId: null };
const states = ({ steps }: { steps: Readonly<Record<string, { state: string }>> }) => Object.values(steps).map(({ state }) => state);

test('from a link to a finished cover, step by step; every step keeps its own result', async () => {
  await using app = await openCovers({ http: true });
  const made = await app.create();
  const { id: coverId } = made;
  expect(states(made)).toEqual(['ready', 'open', 'open', 'open', 'open']);
  expect(made.music).toMatchObject({ kind: 'playlist', name: 'Evening' });
  expect(made.target).toEqual({ link: expect.stringContaining(app.id), name: 'Evening' });
  const proposed = await app.covers.proposeTitles({ coverId, seed: 5 });
  expect(proposed.proposals).toHaveLength(1);
  expect([proposed.words, states(proposed)[1]]).toEqual([null, 'open']);
  const title = proposed.proposals[0]!.titles[0]!;
  expect((await app.covers.setWords({ ...words, coverId, title })).words).toMatchObject({ title, titleFrom: 'gemini-3.8-flash' });
  const drawn = await app.covers.drawPicture({ coverId, seed: 11, family: 'rules' });
  expect(drawn.picture).toMatchObject({ origin: 'local-art', drawn: { family: 'rules', seed: 11, size: 640 } });
  const set = await app.covers.setType({ coverId });
  expect(states(set)).toEqual(['ready', 'ready', 'ready', 'ready', 'open']);
  expect(set.finished?.report?.contrast).toBeGreaterThanOrEqual(4.5);
  const file = await fetch(`${app.baseUrl}${set.finished!.url}`, { headers: { 'x-admin-api-key': TEST_ADMIN_KEY } });
  const bytes = Buffer.from(await file.arrayBuffer());
  expect([bytes.length, await sharp(bytes).metadata()]).toEqual([
    set.finished!.bytes,
    expect.objectContaining({ format: 'jpeg', width: 640, height: 640 }),
  ]);
  expect(bytes.length).toBeLessThanOrEqual(187_500);
  expect(await app.deps.db.select().from(generationHistory)).toEqual([
    expect.objectContaining({ generatedTitle: title, model: 'local-art', success: true, playlistUrl: app.link, imagePath: drawn.picture!.url }),
  ]);
  expect((await app.covers.exportType({ coverId })).svg).toMatch(/<svg[^>]*>.*<path/s);
});

test('changing a step marks the later ones stale and loses nothing', async () => {
  await using app = await openCovers();
  const set = await app.finish();
  const coverId = set.id;
  const again = await app.covers.setWords({ ...words, coverId, title: 'Second Thought' });
  expect(states(again)).toEqual(['ready', 'ready', 'stale', 'stale', 'open']);
  expect([again.picture, again.finished, again.typeWish]).toEqual([set.picture, set.finished, set.typeWish]);
  await expect(app.covers.planUpload({ coverId })).rejects.toMatchObject({ code: 'CONFLICT' });
  const other = await app.covers.drawPicture({ coverId, family: 'letter', seed: 4 });
  expect(other.earlierPictures).toEqual([set.picture]);
  const back = await app.covers.choosePicture({ coverId, assetId: set.picture!.asset });
  expect([back.picture, back.earlierPictures]).toEqual([set.picture, [other.picture]]);
  const list = await app.covers.changeSource({ coverId, source: { kind: 'list', text: app.spotify.playlists()[0]!.uris.join('\n') } });
  expect(states(list)).toEqual(['ready', 'stale', 'stale', 'stale', 'open']);
  expect(list.words).toEqual({ ...again.words, titleFrom: 'own' });
});

test('while Spotify is away a cover is kept with its link and analyzed again later; a later failure keeps the analysis', async () => {
  await using app = await openCovers();
  app.spotify.failNext({ status: 503, times: 1_000 });
  const made = await app.create();
  expect([made.steps.analysis.state, made.music, made.source]).toEqual(['failed', null, { kind: 'link', link: app.link }]);
  expect(made.steps.analysis.error?.message).toMatch(/Spotify/);
  expect(made.steps.analysis.error?.remedy).toBe('Try again in a few minutes.');
  await expect(app.covers.drawPicture({ coverId: made.id })).rejects.toMatchObject({ code: 'CONFLICT' });
  app.spotify.clearFaults();
  app.clock.advance(11 * 60_000);
  const read = await app.covers.analyzeAgain({ coverId: made.id });
  expect([read.steps.analysis.state, read.music?.name]).toEqual(['ready', 'Evening']);
});

test('a cover, its steps and its files are not found by anybody but the person who made it', async () => {
  await using app = await openCovers();
  const set = await app.finish();
  const { generation } = await signInAs(app, 'ben');
  const coverId = set.id;
  const gone = { code: 'NOT_FOUND' };
  await expect(generation.covers.view({ coverId })).rejects.toMatchObject(gone);
  await expect(generation.covers.setWords({ ...words, coverId })).rejects.toMatchObject(gone);
  await expect(generation.covers.drawPicture({ coverId })).rejects.toMatchObject(gone);
  await expect(generation.covers.setType({ coverId })).rejects.toMatchObject(gone);
  await expect(generation.covers.planUpload({ coverId })).rejects.toMatchObject(gone);
  await expect(generation.covers.uploads({ coverId })).rejects.toMatchObject(gone);
  await expect(generation.covers.remove({ coverId })).rejects.toMatchObject(gone);
  expect((await generation.covers.list({})).covers).toEqual([]);
  const own = await generation.covers.create({ source: { kind: 'list', text: app.spotify.playlists()[0]!.uris[0]! } });
  await expect(generation.covers.choosePicture({ coverId: own.id, assetId: set.picture!.asset })).rejects.toMatchObject(gone);
  await expect(app.as({ kind: 'anonymous' }).generation.covers.list({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('the list has the last changed cover first, page by page, and a removed cover is gone', async () => {
  await using app = await openCovers();
  const source = { kind: 'list', text: app.spotify.playlists()[0]!.uris[0]! } as const;
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    app.clock.advance(1_000);
    ids.unshift((await app.covers.create({ source })).id);
  }
  const first = await app.covers.list({ limit: 2 });
  const second = await app.covers.list({ limit: 2, cursor: first.next! });
  const third = await app.covers.list({ limit: 2, cursor: second.next! });
  expect([...first.covers, ...second.covers, ...third.covers].map(({ id }) => id)).toEqual(ids);
  expect(third.next).toBeNull();
  await expect(app.covers.list({ cursor: 'nonsense' })).rejects.toMatchObject({ cause: { field: 'cursor' } });
  await app.covers.remove({ coverId: first.covers[0]!.id });
  expect((await app.covers.list({})).covers).toHaveLength(4);
});

describe('titles that cannot be set are refused by field, and what was chosen stays', () => {
  test.each([
    ['an empty one', '', 'title'],
    ['spaces', '   ', 'title'],
    ['500 characters', 'a'.repeat(500), 'title'],
    ['direction overrides alone', '\u202e\u202d\u2066', 'title'],
    ['a letter under twenty marks', `a${'\u0301'.repeat(20)}`, 'title'],
    ['marks without a letter', '\u0301\u0301', 'title'],
  ])('%s', async (_name, title, field) => {
    await using app = await openCovers();
    const { id: coverId } = await app.create();
    await app.covers.setWords({ ...words, coverId });
    await expect(app.covers.setWords({ ...words, coverId, title })).rejects.toMatchObject({ cause: { field, remedy: expect.any(String) } });
    await expect(app.covers.setWords({ ...words, coverId, subtitle: 'b'.repeat(500) })).rejects.toMatchObject({ cause: { field: 'subtitle' } });
    expect((await app.covers.view({ coverId })).words).toMatchObject({ title: 'Harbor Glass' });
  });
});

test('signs, emoji sequences, mixed scripts and overridden directions become a title that is set', async () => {
  await using app = await openCovers();
  const { id: coverId } = await app.create();
  await app.covers.drawPicture({ coverId, family: 'grid', seed: 1 });
  for (const [title, clean] of [
    ['!!!', '!!!'],
    ['👩‍🚀🏝️', '👩‍🚀🏝️'],
    ['夜 Bus ночь', '夜 Bus ночь'],
    ['\u202eNight\u202c  Bus', 'Night Bus'],
    ['Cafe\u0301', 'Café'],
  ] as const) {
    expect((await app.covers.setWords({ ...words, coverId, title })).words?.title).toBe(clean);
    expect((await app.covers.setType({ coverId })).steps.type.state).toBe('ready');
  }
  await app.covers.setWords({ ...words, coverId, title: 'ᚠᚢᚦᚨᚱᚲ' });
  await expect(app.covers.setType({ coverId })).rejects.toMatchObject({ cause: { code: 'invalid_input', message: expect.stringContaining('ᚠ') } });
  const view = await app.covers.view({ coverId });
  expect([view.steps.type.state, view.finished === null]).toEqual(['failed', false]);
});

test('a prompt of 10,000 characters is refused with its field', async () => {
  await using app = await openCovers();
  const { id: coverId } = await app.create();
  await expect(app.covers.proposeTitles({ coverId, seed: 1, prompt: 'x'.repeat(10_000) })).rejects.toMatchObject({
    cause: { issues: [expect.objectContaining({ path: ['prompt'] })] },
  });
});

test('an own picture is uploaded, chosen, and gets the title; a series gives its layout and numeral', async () => {
  await using app = await openCovers({ http: true });
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#3355aa' } })
    .jpeg()
    .toBuffer();
  const headers = { 'x-admin-api-key': TEST_ADMIN_KEY, 'content-type': 'image/jpeg' };
  const answer = await fetch(`${app.baseUrl}/files`, { method: 'POST', headers, body: new Uint8Array(picture) });
  const uploaded = (await answer.json()) as UploadedPicture;
  expect([answer.status, uploaded.width]).toEqual([201, 900]);
  const { id: coverId } = await app.create();
  await app.covers.setWords({ ...words, coverId });
  const chosen = await app.covers.choosePicture({ coverId, assetId: uploaded.asset });
  expect(chosen.picture).toMatchObject({ origin: 'upload', drawn: null });
  const set = await app.covers.setType({ coverId, series: { template: 20, member: 7 } });
  expect(set.finished?.report?.layout).toBe('band-head');

  const send = (body: Uint8Array, other: Record<string, string> = {}) =>
    fetch(`${app.baseUrl}/files`, { method: 'POST', headers: { ...headers, ...other }, body: new Uint8Array(body) });
  expect((await send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).status).toBe(400);
  expect((await send(picture.subarray(0, 2_000))).status).toBe(400);
  expect((await send(new Uint8Array(10_000_001))).status).toBe(413);
  expect((await send(picture, { 'x-admin-api-key': 'wrong' })).status).toBe(401);
  expect((await send(picture, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});

const refuseFile = () => Promise.reject(new AppError('unavailable', { message: 'The disk is full.', remedy: 'Free some space.' }));

test('with a full disk a step fails with its reason, and what was made before is kept', async () => {
  await using app = await openCovers();
  const set = await app.finish();
  const fullDisk = { ...app.deps.assets, write: refuseFile };
  Object.assign(app.deps, { assets: fullDisk });
  await expect(app.covers.drawPicture({ coverId: set.id, seed: 9 })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  await expect(app.covers.setType({ coverId: set.id, layout: 'foot' })).rejects.toMatchObject({ message: 'The disk is full.' });
  const view = await app.covers.view({ coverId: set.id });
  expect([view.picture, view.finished, view.steps.type.error?.message]).toEqual([set.picture, set.finished, 'The disk is full.']);
});
