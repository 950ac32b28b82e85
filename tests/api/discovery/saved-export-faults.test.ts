import { recordingId } from '#shared/ids.ts';
import { expect, test } from 'vitest';
import { SETTLE_MS, openExports } from '#tests/support/discovery/export-people.ts';

type Exports = Awaited<ReturnType<typeof openExports>>;
const planOf = ({ saved, playlist }: Exports) => saved.export.plan({ savedId: playlist.id });
const applyOf = ({ saved }: Exports, plan: Awaited<ReturnType<typeof planOf>>) => saved.export.send({ exportId: plan.id!, hash: plan.hash! });

test('of two tabs that export at once one is told, and there is one playlist', async () => {
  await using app = await openExports();
  const [first, second] = [await planOf(app), await planOf(app)];
  expect(second.id).toBe(first.id);
  const both = await Promise.allSettled([applyOf(app, first), applyOf(app, second)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const failed = both.find((one) => one.status === 'rejected');
  expect(failed?.reason).toMatchObject({
    cause: { code: 'conflict', remedy: expect.stringMatching(/look at the playlist again|Plan the export again/) },
  });
  expect(app.shown()).toHaveLength(1);
  await expect(applyOf(app, first)).rejects.toMatchObject({ cause: { code: 'conflict', message: 'This plan was already applied.' } });
});

test('what was not previewed is not written: another hash, a list that was changed since, an export that a newer one replaced', async () => {
  await using app = await openExports();
  const { saved, playlist } = app;
  const plan = await planOf(app);
  await expect(saved.export.send({ exportId: plan.id!, hash: '0'.repeat(64) })).rejects.toMatchObject({ cause: { field: 'hash' } });
  await saved.edit({
    savedId: playlist.id,
    revision: 1,
    edits: [{ kind: 'remove', recordingId: recordingId.parse(playlist.tracks[0]?.recordingId) }],
  });
  await expect(applyOf(app, plan)).rejects.toMatchObject({
    cause: { code: 'conflict', message: '“Rainy Sunday” was changed after this export was planned.' },
  });
  const newer = await planOf(app);
  expect(await saved.export.show({ exportId: plan.id! })).toMatchObject({ state: 'outdated' });
  await expect(applyOf(app, plan)).rejects.toMatchObject({ cause: { code: 'conflict', remedy: expect.stringContaining('Plan the export again') } });
  expect(app.writes()).toEqual([]);
  expect((await applyOf(app, newer)).receipt?.tracks).toBe(9);
});

test('a playlist that was deleted on Spotify between preview and apply is not written to; the next export creates it again', async () => {
  await using app = await openExports();
  await app.exportOnce();
  const { saved, playlist } = app;
  await saved.edit({
    savedId: playlist.id,
    revision: 1,
    edits: [{ kind: 'remove', recordingId: recordingId.parse(playlist.tracks[0]?.recordingId) }],
  });
  const plan = await planOf(app);
  const [before] = app.shown();
  app.spotify.deletePlaylist(before!.id);
  app.spotify.clearRequests();
  await expect(applyOf(app, plan)).rejects.toMatchObject({ cause: { code: 'conflict', message: expect.stringContaining('was deleted on Spotify') } });
  expect(app.writes()).toEqual([]);
  const again = await planOf(app);
  expect(again).toMatchObject({ action: 'create', counts: { added: 9 } });
  await applyOf(app, again);
  expect(app.shown().filter(({ isListed }) => isListed)).toMatchObject([{ name: 'Rainy Sunday', uris: app.uris.slice(1) }]);
});

test('an edit on Spotify between preview and apply stops the export; the next preview names what it replaces', async () => {
  await using app = await openExports();
  await app.exportOnce();
  const plan = await planOf(app);
  const [shown] = app.shown();
  const foreign = 'spotify:track:0000000000000000000000';
  app.spotify.editPlaylist(shown!.id, { uris: [...app.uris, foreign], name: 'My own name' });
  app.spotify.clearRequests();
  await expect(applyOf(app, plan)).rejects.toMatchObject({ cause: { code: 'conflict', message: expect.stringContaining('edited on Spotify') } });
  expect(app.writes()).toEqual([]);
  const next = await planOf(app);
  expect(next.lines.find(({ kind }) => kind === 'remove')).toMatchObject({ position: 11, title: 'A track that is not in Segue' });
  expect(next.details).toEqual([{ field: 'name', from: 'My own name', to: 'Rainy Sunday' }]);
  expect(next.says.join(' ')).toContain('changed on Spotify since the last export');
  await applyOf(app, next);
  expect(app.shown()[0]).toMatchObject({ name: 'Rainy Sunday', uris: app.uris });
});

test('a permission that was withdrawn or never granted writes nothing, names the remedy, and goes on after it is granted', async () => {
  await using app = await openExports();
  const plan = await planOf(app);
  app.spotify.reduceScopes('mara', ['playlist-read-private']);
  await expect(applyOf(app, plan)).rejects.toMatchObject({
    cause: { code: 'reauth_required', remedy: expect.stringContaining('Plan the export again') },
  });
  const blocked = await planOf(app);
  expect(blocked).toMatchObject({
    id: null,
    problem: { kind: 'authorize', authorizeUrl: expect.stringContaining(`/auth/spotify/authorize?returnTo=`) },
  });
  expect(app.shown()).toEqual([]);
  expect(await app.authorize('jonas')).toMatchObject({ kind: 'refused', problem: 'wrong_account' });
  expect(await app.authorize()).toMatchObject({ kind: 'connected' });
  const done = await app.exportOnce();
  expect(done).toMatchObject({ state: 'applied', receipt: { tracks: 10 } });
  app.spotify.revoke('mara');
  app.clock.advance(2 * 3_600_000);
  expect(await planOf(app)).toMatchObject({ id: null, problem: { kind: 'authorize' } });
});

test.for([
  { what: 'was made although the answer was lost', fault: { actFirst: true, cut: true }, made: 1 },
  { what: 'was made although Spotify answered 502', fault: { actFirst: true, status: 502 }, made: 1 },
  { what: 'was not made', fault: { cut: true }, made: 0 },
])('a creation that $what leads to exactly one playlist', async ({ fault, made }) => {
  await using app = await openExports();
  const plan = await planOf(app);
  app.spotify.failNext({ method: 'POST', path: '/me/playlists', ...fault });
  await expect(applyOf(app, plan)).rejects.toMatchObject({
    cause: { code: 'rate_limited', message: expect.stringContaining('did not confirm that it created “Rainy Sunday”') },
  });
  expect(app.shown()).toHaveLength(made);
  await expect(planOf(app)).rejects.toMatchObject({ cause: { code: 'rate_limited' } });
  app.clock.advance(SETTLE_MS + 1_000);
  const next = await planOf(app);
  expect(next.action).toBe(made === 1 ? 'change' : 'create');
  await applyOf(app, next);
  expect(app.shown()).toMatchObject([{ uris: app.uris }]);
});

test('a write that Spotify refuses halfway leaves the reason, and the next export finishes it', async () => {
  await using app = await openExports();
  const plan = await planOf(app);
  app.spotify.failNext({ method: 'PUT', path: '/playlists/*', status: 403, body: { error: { status: 403, message: 'Forbidden' } } });
  await expect(applyOf(app, plan)).rejects.toMatchObject({ cause: { code: expect.stringMatching(/forbidden|provider_rejected/) } });
  expect(await app.saved.export.show({ exportId: plan.id! })).toMatchObject({ state: 'failed', receipt: null });
  expect(await app.saved.show({ savedId: app.playlist.id })).toMatchObject({ spotify: null });
  const next = await planOf(app);
  expect(next).toMatchObject({ action: 'change', counts: { added: 10 } });
  await applyOf(app, next);
  expect(app.shown()).toMatchObject([{ uris: app.uris }]);
});
