import { accounts, coverUploads } from '#drizzle/schema/index.ts';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openCovers, signInAs } from '#tests/support/covers/cover-people.ts';

const jpegOf = (color: string) =>
  sharp({ create: { width: 300, height: 300, channels: 3, background: color } })
    .composite([{ input: { create: { width: 90, height: 300, channels: 3, background: '#ffffff' } }, left: 100, top: 0 }])
    .jpeg()
    .toBuffer();

/** Uploads a picture as a person does in Spotify's own app. */
async function chooseByHand(app: Awaited<ReturnType<typeof openCovers>>, color: string): Promise<Buffer> {
  const jpeg = await jpegOf(color);
  app.spotify.setCover(app.id, jpeg.toString('base64'));
  return jpeg;
}

const shownAt = async (app: Awaited<ReturnType<typeof openCovers>>) => {
  const url = app.spotify.playlist(app.id)?.coverUrl ?? null;
  return url === null ? null : Buffer.from(await (await fetch(url)).arrayBuffer());
};

test('plan, preview, apply, read back: the receipt says that Spotify shows it, and the bytes are the finished cover', async () => {
  await using app = await openCovers();
  const cover = await app.finish();
  const plan = await app.covers.planUpload({ coverId: cover.id });
  expect(plan).toMatchObject({ state: 'planned', before: { shows: 'mosaic', url: null }, problem: null, after: { sha256: cover.finished!.sha256 } });
  expect(plan.says[0]).toBe('The cover replaces Spotify’s own mosaic of album covers.');
  expect(app.spotify.requests({ method: 'PUT' })).toEqual([]);
  await expect(app.covers.applyUpload({ uploadId: plan.id, hash: '0'.repeat(64) })).rejects.toMatchObject({ cause: { field: 'hash' } });
  const done = await app.covers.applyUpload({ uploadId: plan.id, hash: plan.hash });
  expect(done).toMatchObject({ state: 'shown', receipt: { says: 'Spotify shows the cover.' } });
  expect((await shownAt(app))?.length).toBe(cover.finished!.bytes);
  await expect(app.covers.applyUpload({ uploadId: plan.id, hash: plan.hash })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(app.spotify.requests({ method: 'PUT' })).toHaveLength(1);
  expect((await app.covers.view({ coverId: cover.id })).steps.upload.state).toBe('ready');
  const again = await app.covers.planUpload({ coverId: cover.id });
  expect(again).toMatchObject({ before: { shows: 'ours' }, problem: { kind: 'refused' } });
});

test('Spotify shows a cover minutes later: the receipt says so, and a job completes it', async () => {
  await using app = await openCovers();
  app.spotify.setSwitches({ coverDelayMs: 300_000 });
  const cover = await app.finish();
  const plan = await app.covers.planUpload({ coverId: cover.id });
  const sent = await app.covers.applyUpload({ uploadId: plan.id, hash: plan.hash });
  expect(sent).toMatchObject({ state: 'sent', receipt: { shownAt: null, says: expect.stringContaining('does not show it yet') } });
  app.clock.advance(120_000);
  await app.deps.pool.query('update graphile_worker._private_jobs set run_at = now()');
  await app.runJobs();
  expect((await app.covers.upload({ uploadId: plan.id })).state).toBe('sent');
  app.clock.advance(300_000);
  await app.deps.pool.query('update graphile_worker._private_jobs set run_at = now()');
  await app.runJobs();
  expect(await app.covers.upload({ uploadId: plan.id })).toMatchObject({ state: 'shown', receipt: { says: 'Spotify shows the cover.' } });
});

test('a picture that somebody chose in Spotify is named as such before it is replaced, kept, and put back', async () => {
  await using app = await openCovers();
  const before = await chooseByHand(app, '#883311');
  const cover = await app.finish();
  const plan = await app.covers.planUpload({ coverId: cover.id });
  expect(plan).toMatchObject({ before: { shows: 'other', url: expect.stringContaining('/files/') } });
  expect(plan.says.slice(0, 2)).toEqual([
    'The cover replaces a picture that somebody chose in Spotify.',
    'Segue keeps a copy of it, so that you can put it back.',
  ]);
  const done = await app.covers.applyUpload({ uploadId: plan.id, hash: plan.hash });
  expect(done.canRestore).toBe(true);
  const back = await app.covers.planRestore({ uploadId: plan.id });
  expect(back).toMatchObject({ isRestore: true, before: { shows: 'ours' } });
  await app.covers.applyUpload({ uploadId: back.id, hash: back.hash });
  expect(Buffer.compare((await shownAt(app))!, before)).toBe(0);
});

test('of two people who upload to one playlist, the second is told', async () => {
  await using app = await openCovers();
  const [one, other] = [await app.finish('First Light'), await app.finish('Second Light')];
  const first = await app.covers.planUpload({ coverId: one.id });
  const second = await app.covers.planUpload({ coverId: other.id });
  await app.covers.applyUpload({ uploadId: first.id, hash: first.hash });
  await expect(app.covers.applyUpload({ uploadId: second.id, hash: second.hash })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/^Another cover was uploaded to Evening at \d\d:\d\d UTC, after this was planned\.$/),
  });
  expect((await app.covers.upload({ uploadId: second.id })).state).toBe('outdated');
  const again = await app.covers.planUpload({ coverId: other.id });
  await chooseByHand(app, '#225522');
  await expect(app.covers.applyUpload({ uploadId: again.id, hash: again.hash })).rejects.toMatchObject({
    message: 'Evening shows another picture than when this was planned.',
  });
  expect(app.spotify.requests({ method: 'PUT' })).toHaveLength(1);
});

test('two uploads at once: one is applied, the other is told, and Spotify gets one picture', async () => {
  await using app = await openCovers();
  const covers = [await app.finish('First Light'), await app.finish('Second Light')];
  const plans = [];
  for (const { id } of covers) plans.push(await app.covers.planUpload({ coverId: id }));
  const results = await Promise.allSettled(plans.map(({ id, hash }) => app.covers.applyUpload({ uploadId: id, hash })));
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(app.spotify.requests({ method: 'PUT' })).toHaveLength(1);
});

test('without the permission to upload pictures the plan asks for it, with the link that grants it and comes back', async () => {
  await using app = await openCovers();
  const cover = await app.finish();
  const [account] = await app.deps.db.select().from(accounts);
  const scopes = account!.scopes.filter((scope) => scope !== 'ugc-image-upload');
  await app.deps.db.update(accounts).set({ scopes }).where(eq(accounts.id, account!.id));
  const plan = await app.covers.planUpload({ coverId: cover.id });
  expect(plan.problem).toMatchObject({
    kind: 'authorize',
    authorizeUrl: `/auth/spotify/connect?account=${account!.id}&returnTo=${encodeURIComponent(`/covers/${cover.id}`)}`,
  });
  await expect(app.covers.applyUpload({ uploadId: plan.id, hash: plan.hash })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(app.spotify.requests({ method: 'PUT' })).toEqual([]);
});

test('Spotify’s own 401 for the missing permission is explained, and the account goes on working', async () => {
  await using app = await openCovers();
  const cover = await app.finish();
  const plan = await app.covers.planUpload({ coverId: cover.id });
  app.spotify.failNext({ method: 'PUT', status: 401, body: { error: { status: 401, message: 'Unauthorized.' } }, times: 5 });
  await expect(app.covers.applyUpload({ uploadId: plan.id, hash: plan.hash })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('has not allowed Segue to upload pictures'),
  });
  expect((await app.covers.upload({ uploadId: plan.id })).state).toBe('failed');
  app.spotify.clearFaults();
  const again = await app.covers.planUpload({ coverId: cover.id });
  expect(again.problem?.kind).toBe('authorize');
});

test('an upload whose answer was lost is found out by the picture that Spotify shows', async () => {
  await using app = await openCovers();
  const cover = await app.finish();
  const plan = await app.covers.planUpload({ coverId: cover.id });
  app.spotify.failNext({ method: 'PUT', cut: true, actFirst: true, times: 20 });
  await expect(app.covers.applyUpload({ uploadId: plan.id, hash: plan.hash })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  expect((await app.covers.upload({ uploadId: plan.id })).state).toBe('sending');
  app.spotify.clearFaults();
  app.clock.advance(3_600_000);
  await app.deps.pool.query('update graphile_worker._private_jobs set run_at = now()');
  await app.runJobs();
  expect((await app.covers.upload({ uploadId: plan.id })).state).toBe('shown');
});

test('a listener uploads to a playlist of the account they signed in with, and to no other', async () => {
  await using app = await openCovers();
  const coverOf = async ({ generation: { covers } }: Awaited<ReturnType<typeof signInAs>>) => {
    const { id: coverId } = await covers.create({ source: { kind: 'list', text: app.spotify.playlists()[0]!.uris[0]! } });
    await covers.drawPicture({ coverId, family: 'grid', seed: 3 });
    await covers.setType({ coverId, title: false });
    return coverId;
  };
  const owner = await signInAs(app, 'segue-north');
  const plan = await owner.generation.covers.planUpload({ coverId: await coverOf(owner), playlist: app.link });
  expect(plan.problem).toBeNull();
  const stranger = await signInAs(app, 'ben');
  const coverId = await coverOf(stranger);
  await expect(stranger.generation.covers.planUpload({ coverId, playlist: app.link })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    cause: { remedy: expect.stringContaining('Download the cover') },
  });
  await expect(stranger.generation.covers.planUpload({ coverId })).rejects.toMatchObject({ cause: { field: 'playlist' } });
  await expect(stranger.generation.covers.planUpload({ coverId, playlist: 'https://example.com/x' })).rejects.toMatchObject({
    cause: { field: 'playlist' },
  });
  await expect(stranger.generation.covers.applyUpload({ uploadId: plan.id, hash: plan.hash })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await app.deps.db.select().from(coverUploads)).toHaveLength(1);
});
