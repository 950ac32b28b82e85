import { accounts, playlistAccountMap, playlistCovers, syncPlans } from '#drizzle/schema/index.ts';
import { drawCovers } from '#server/use-cases/covers/network/draw-covers.ts';
import { setPlaylistCover } from '#server/use-cases/covers/network/set-playlist-cover.ts';
import { desc } from 'drizzle-orm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { DAY_ONE, DAY_THREE, DAY_TWO, openNetwork } from '#tests/support/network/sync-network.ts';

/** A network of one playlist with a list for two days, and a folder of assets of its own. */
async function openCovered() {
  const home = mkdtempSync(path.join(tmpdir(), 'segue-network-covers-'));
  const app = await openNetwork({ home });
  await app.publishDay(DAY_ONE, app.list(0, 30));
  const draw = (playlistIndex?: number) => drawCovers(app.deps, { signal: new AbortController().signal, playlistIndex }, async () => {});
  return {
    ...app,
    draw,
    /** The next day: its list, and the sync of it. */
    nextDay: async (on: string, from: number, deps = app.deps) => {
      app.clock.advance(86_400_000);
      await app.publishDay(on, app.list(from, 30));
      return app.sync(on, deps);
    },
    uploads: () => app.writes().filter((write) => write.endsWith('/images')).length,
    cover: async () => (await app.deps.db.select().from(playlistCovers))[0],
    choose: async (color: string) => {
      const jpeg = await stripes(color);
      app.spotify.setCover(app.spotify.playlists()[0]!.id, jpeg.toString('base64'));
      return jpeg;
    },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const stripes = (color: string) =>
  sharp({ create: { width: 300, height: 300, channels: 3, background: color } })
    .composite([{ input: { create: { width: 40, height: 300, channels: 3, background: '#ffffff' } }, left: 120, top: 0 }])
    .jpeg()
    .toBuffer();

test('the job draws the missing cover, and the next sync carries it exactly once, in its plan and its receipt', async () => {
  await using app = await openCovered();
  expect((await app.draw()).outcome).toBe('1 cover drawn for 1 playlists.');
  const cover = await app.cover();
  expect(cover).toMatchObject({ source: 'network', changedBy: 'system', thumbhash: expect.any(String) });
  await app.sync(DAY_ONE);
  expect(app.uploads()).toBe(1);
  const operations = await app.operations();
  expect(operations.at(-1)).toMatchObject({ kind: 'cover', state: 'applied', receipt: { how: 'sent' } });
  expect(await app.replica()).toMatchObject({ coverSha256: cover!.sha256, coverKey: expect.stringContaining('/cover/') });
  const [plan] = await app.deps.db.select().from(syncPlans);
  expect(plan?.body.steps.at(-1)).toEqual({ kind: 'cover', sha256: cover!.sha256, beforeKey: null });
  await app.draw();
  await app.nextDay(DAY_TWO, 30);
  expect([app.uploads(), (await app.cover())?.sha256]).toEqual([1, cover!.sha256]);
  const { playlists } = await app.admin.playlists.overview();
  expect(playlists[0]?.cover).toEqual({
    sha256: cover!.sha256,
    urls: { 64: `/playlist-covers/${cover!.sha256}/64`, 300: `/playlist-covers/${cover!.sha256}/300`, 640: `/playlist-covers/${cover!.sha256}/640` },
    thumbhash: cover!.thumbhash,
    source: 'network',
  });
});

test('a picture that somebody chose in Spotify is kept and said, until the operator gives the cover back to the network', async () => {
  await using app = await openCovered();
  await app.sync(DAY_ONE);
  await app.choose('#773300');
  await app.draw();
  await app.nextDay(DAY_TWO, 30);
  expect(app.uploads()).toBe(0);
  const list = () => app.admin.generation.covers.network.list();
  expect((await list())[0]).toMatchObject({ index: 1, copies: [{ account: 'Segue North', state: 'kept' }] });
  await app.nextDay(DAY_THREE, 60);
  expect(app.uploads()).toBe(0);
  await app.admin.generation.covers.network.redraw({ index: 1 });
  await app.runJobs();
  expect((await list())[0]).toMatchObject({ copies: [{ state: 'waiting' }], canRestore: true });
  await app.nextDay('2026-11-04', 90);
  expect([app.uploads(), (await list())[0]?.copies[0]?.state]).toEqual([1, 'shown']);
});

test('a picture that is chosen in Spotify after ours was uploaded is kept, too', async () => {
  await using app = await openCovered();
  await app.draw();
  await app.sync(DAY_ONE);
  await app.choose('#773300');
  await app.draw(1);
  await app.nextDay(DAY_TWO, 30);
  expect([app.uploads(), (await app.replica()).coverKeptKey]).toEqual([1, expect.stringContaining('/cover/')]);
});

test('a cover that a person chose is never replaced by the network, and the one before can be put back', async () => {
  await using app = await openCovered();
  await app.draw();
  const drawn = (await app.cover())!.sha256;
  const jpeg = await stripes('#114477');
  await setPlaylistCover(app.deps, { playlistId: app.playlist, jpeg, source: 'manual', facts: null, by: 'admin_key' });
  const chosen = (await app.cover())!.sha256;
  await app.draw();
  await app.draw(1);
  expect(await app.cover()).toMatchObject({ sha256: chosen, previousSha256: drawn, source: 'manual' });
  await app.sync(DAY_ONE);
  expect((await app.replica()).coverSha256).toBe(chosen);
  await app.admin.generation.covers.network.restore({ index: 1 });
  expect(await app.cover()).toMatchObject({ sha256: drawn, previousSha256: chosen, source: 'manual' });
});

test('a new cover is drawn when the music has drifted beyond the set amount, and not before', async () => {
  await using app = await openCovered();
  await app.draw();
  const first = await app.cover();
  const facts = first!.facts as { valence: number | null };
  const store = (changed: object) => app.deps.db.update(playlistCovers).set({ facts: { ...facts, ...changed } });
  await store({ genres: [{ name: 'polka', weight: 1 }] });
  await app.draw();
  expect((await app.cover())?.facts).toMatchObject({ genres: [{ name: 'polka', weight: 1 }] });
  await store({ title: 'An earlier theme' });
  await app.admin.generation.covers.network.saveRules({ automatic: false, driftMax: 0.2 });
  expect((await app.draw()).outcome).toBe('Drawing covers is switched off.');
  await app.admin.generation.covers.network.saveRules({ automatic: true, driftMax: 0.2 });
  expect((await app.draw()).outcome).toBe('1 cover drawn for 1 playlists.');
});

test('a process that dies after the upload and before the receipt does not upload again', async () => {
  await using app = await openCovered();
  await app.draw();
  const dying = {
    ...app.deps,
    faultPoint: (name: string) => {
      if (name === 'covers.after_upload') throw new Error('The process ended.');
    },
  };
  await app.sync(DAY_ONE, dying).catch(() => {});
  expect([app.uploads(), (await app.replica()).coverSha256]).toEqual([1, null]);
  await app.nextDay(DAY_TWO, 30);
  expect([app.uploads(), await app.replica()]).toEqual([1, expect.objectContaining({ coverSha256: (await app.cover())!.sha256 })]);
});

test('Spotify shows an uploaded cover minutes later, and the next job notes that it does', async () => {
  await using app = await openCovered();
  app.spotify.setSwitches({ coverDelayMs: 600_000 });
  await app.draw();
  await app.sync(DAY_ONE);
  const state = async () => (await app.admin.generation.covers.network.list())[0]?.copies[0]?.state;
  expect(await state()).toBe('sent');
  app.clock.advance(700_000);
  expect((await app.draw()).outcome).toContain('Spotify now shows 1 of 1 covers');
  expect([await state(), app.uploads()]).toEqual(['shown', 1]);
});

test('a cover that Spotify refuses is a note of the plan: the list is synced all the same, and the cover is tried again later', async () => {
  await using app = await openCovered();
  await app.draw();
  app.spotify.failNext({ method: 'PUT', path: /images/, status: 413 });
  await app.sync(DAY_ONE);
  const [plan] = await app.deps.db.select().from(syncPlans).orderBy(desc(syncPlans.plannedAt));
  expect(plan).toMatchObject({ status: 'applied', statusReason: expect.stringMatching(/^The cover was not uploaded: /) });
  expect((await app.operations()).at(-1)).toMatchObject({ kind: 'cover', state: 'abandoned' });
  await app.nextDay(DAY_TWO, 30);
  expect((await app.replica()).coverSha256).toBe((await app.cover())!.sha256);
});

test('an account that does not allow image uploads is synced without covers, and the operator is told', async () => {
  await using app = await openCovered();
  await app.deps.db.update(accounts).set({ scopes: ['playlist-read-private', 'playlist-modify-private', 'playlist-modify-public'] });
  await app.draw();
  await app.sync(DAY_ONE);
  expect([app.uploads(), app.shown()[0]?.length]).toEqual([0, 30]);
  expect((await app.admin.generation.covers.network.list())[0]?.copies).toEqual([{ account: 'Segue North', state: 'not_allowed' }]);
  expect((await app.deps.db.select().from(playlistAccountMap))[0]?.status).toBe('live');
});

test('a listener can neither see nor change the network’s covers', async () => {
  await using app = await openCovered();
  const listener = app.as({ kind: 'anonymous' }).generation.covers.network;
  for (const call of [listener.list(), listener.redraw({ index: 1 }), listener.restore({ index: 1 }), listener.rules()]) {
    await expect(call).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  }
  await expect(app.admin.generation.covers.network.redraw({ index: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
