import { accounts, users } from '#drizzle/schema/index.ts';
import { SYSTEM } from '#server/actor.ts';
import { listAccountStates } from '#server/repos/sync/hosting-facts.ts';
import { reconcilePlaylists } from '#server/use-cases/sync/reconcile/reconcile-playlists.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { recordingId, userId } from '#shared/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openExports, signInOnSpotify } from '#tests/support/discovery/export-people.ts';
import { cookiesOf, decideOnSpotify, requestTo } from '#tests/support/http-app.ts';
import { openDiscovery, saveTen } from '#tests/support/discovery/saved-lists.ts';
import { connectAs } from '#tests/support/processes/instance.ts';

test('plan, preview, apply, read back: a private playlist with a receipt; exported again unchanged it sends 0 writes, changed it changes the same playlist', async () => {
  await using app = await openExports();
  const { saved, playlist, uris } = app;
  const plan = await saved.export.plan({ savedId: playlist.id });
  expect(plan).toMatchObject({ state: 'planned', action: 'create', version: 1, problem: null, counts: { added: 10, removed: 0 }, receipt: null });
  expect(plan.lines.map(({ title }) => title)).toEqual(playlist.tracks.map(({ title }) => title));
  expect(plan.says).toEqual(['A private playlist with 10 tracks is created in your account.']);
  expect(app.writes()).toEqual([]);
  const done = await saved.export.send({ exportId: plan.id!, hash: plan.hash! });
  const [made] = app.shown();
  expect(made).toMatchObject({ name: 'Rainy Sunday', public: false, uris, description: expect.stringMatching(/^Made with Segue\. segue:\w{12}$/) });
  expect(done).toMatchObject({ state: 'applied', receipt: { writes: 2, tracks: 10, says: 'Spotify shows the 10 tracks in this order.' } });
  expect(done.receipt?.url).toContain(made!.id);
  const shown = await saved.show({ savedId: playlist.id });
  expect(shown).toMatchObject({ revision: 1, spotify: { version: 1, url: done.receipt?.url } });
  expect((await saved.history({ savedId: playlist.id })).versions).toMatchObject([{ version: 1, isOnSpotify: true }]);

  app.spotify.clearRequests();
  const again = await saved.export.plan({ savedId: playlist.id });
  expect(again).toMatchObject({ action: 'none', cost: { writes: 0 }, says: ['Spotify shows this list already. Nothing is written.'] });
  expect(await saved.export.send({ exportId: again.id!, hash: again.hash! })).toMatchObject({
    state: 'applied',
    receipt: { writes: 0, tracks: 10 },
  });
  expect(app.writes()).toEqual([]);

  const ids = playlist.tracks.map((track) => recordingId.parse(track.recordingId));
  await saved.edit({
    savedId: playlist.id,
    revision: 1,
    edits: [
      { kind: 'remove', recordingId: ids[0]! },
      { kind: 'move', recordingId: ids[9]!, position: 1 },
    ],
  });
  await saved.rename({ savedId: playlist.id, revision: 2, name: 'Rainy Monday', description: 'For the train.' });
  const change = await saved.export.plan({ savedId: playlist.id });
  expect(change).toMatchObject({ action: 'change', version: 2, counts: { added: 0, removed: 1, moved: 1, kept: 8 } });
  expect(change.details.map(({ field }) => field)).toEqual(['name', 'description']);
  expect(change.lines.find(({ kind }) => kind === 'remove')).toMatchObject({ title: playlist.tracks[0]?.title });
  await saved.export.send({ exportId: change.id!, hash: change.hash! });
  expect(app.shown()).toHaveLength(1);
  expect(app.shown()[0]).toMatchObject({ id: made!.id, name: 'Rainy Monday', public: false, uris: [uris[9], ...uris.slice(1, 9)] });
  const receipts = await saved.export.list({ savedId: playlist.id });
  expect(receipts.map(({ action, state }) => [action, state])).toEqual([
    ['change', 'applied'],
    ['none', 'applied'],
    ['create', 'applied'],
  ]);
});

test('an own account is authorized on Spotify and comes back to the playlist, declined or not; the network never uses it', async () => {
  await using app = await openDiscovery({ http: true });
  const request = requestTo(app.baseUrl);
  const started = await request('/auth/spotify');
  const signedIn = await decideOnSpotify(started.headers.location ?? '', 'mara');
  const session = cookiesOf(await request(`${signedIn.pathname}${signedIn.search}`, { headers: { cookie: cookiesOf(started) } }));
  const [user] = await app.deps.db.select().from(users);
  const device = () => app.as({ kind: 'user', userId: user!.id, isAdmin: false }).discovery;
  const playlist = await saveTen(app, device);
  app.spotify.clearRequests();
  const before = await device().saved.export.plan({ savedId: playlist.id });
  expect(before).toMatchObject({ id: null, hash: null, counts: { added: 10 }, problem: { kind: 'authorize' } });
  expect(app.spotify.requests()).toEqual([]);
  const address = before.problem!.authorizeUrl!;
  expect((await request(address)).headers.location).toMatch(/^\/sign-in/);
  const back = async (person: string, consent: 'yes' | 'no') => {
    const begun = await request(address, { headers: { cookie: session } });
    expect(new URL(begun.headers.location ?? '').searchParams.get('scope')).toContain('playlist-modify-private');
    const callback = await decideOnSpotify(begun.headers.location ?? '', person, consent);
    return (await request(`${callback.pathname}${callback.search}`, { headers: { cookie: `${session}; ${cookiesOf(begun)}` } })).headers.location;
  };
  const page = `/discover/saved/${playlist.id}`;
  expect(await back('mara', 'no')).toBe(`${page}?problem=access_denied`);
  expect(await back('jonas', 'yes')).toBe(`${page}?problem=wrong_account`);
  expect(await app.deps.db.select().from(accounts)).toEqual([]);
  expect(await back('mara', 'yes')).toBe(page);
  const plan = await device().saved.export.plan({ savedId: playlist.id });
  expect(plan).toMatchObject({ action: 'create', problem: null, playlist: { account: 'Mara Ellison' } });
  await device().saved.export.send({ exportId: plan.id!, hash: plan.hash! });
  expect(await listAccounts(app.deps, SYSTEM)).toEqual([]);
  expect(await listAccountStates(app.deps.db)).toEqual([]);
  app.spotify.clearRequests();
  expect(await reconcilePlaylists(app.deps, { signal: new AbortController().signal })).toMatchObject({ found: 0 });
  expect(app.spotify.requests()).toEqual([]);
  // Connected by the operator it hosts playlists too, and the person's own playlist on it is none of the network's.
  await connectAs(app.deps, 'mara');
  expect(await listAccounts(app.deps, SYSTEM)).toHaveLength(1);
  expect(await reconcilePlaylists(app.deps, { signal: new AbortController().signal })).toMatchObject({ found: 0 });
  expect(await device().saved.export.plan({ savedId: playlist.id })).toMatchObject({ action: 'none' });
});

test('a network account of the same person hosts on when its owner authorizes it for their own playlists', async () => {
  await using app = await openDiscovery();
  await connectAs(app.deps, 'mara');
  const listener = await signInOnSpotify(app, 'mara');
  await listener.authorize();
  const [account] = await app.deps.db.select().from(accounts);
  expect(account).toMatchObject({ isHost: true, ownerUserId: listener.actor.userId });
  expect(await listAccounts(app.deps, SYSTEM)).toHaveLength(1);
});

test('tracks without a track on Spotify are listed and left out; a list of none, and a draft, are refused with what to do', async () => {
  await using app = await openExports();
  const { saved, playlist, uris } = app;
  const [first] = playlist.tracks;
  await app.deps.db.execute(sql`update recordings set track_id = '' where id = ${first!.recordingId}`);
  const plan = await saved.export.plan({ savedId: playlist.id });
  expect(plan.missing).toEqual([{ recordingId: first!.recordingId, title: first!.title, artists: first!.artists }]);
  expect(plan.says).toContain('1 track is left out: no track on Spotify is known.');
  await saved.export.send({ exportId: plan.id!, hash: plan.hash! });
  expect(app.shown()[0]?.uris).toEqual(uris.slice(1));
  const one = await saved.save({ name: 'One', criteria: { kind: 'chosen' }, tracks: [{ recordingId: recordingId.parse(first!.recordingId) }] });
  await expect(saved.export.plan({ savedId: one.id })).rejects.toMatchObject({
    cause: { code: 'conflict', remedy: expect.stringContaining('Swap') },
  });
  const draft = await saved.save({ name: 'Draft', state: 'draft', criteria: { kind: 'chosen' }, tracks: [] });
  await expect(saved.export.plan({ savedId: draft.id })).rejects.toMatchObject({ cause: { code: 'conflict', message: '“Draft” is a draft.' } });
});

test('another person’s export is not found, and a stranger is asked to sign in', async () => {
  await using app = await openExports();
  const plan = await app.saved.export.plan({ savedId: app.playlist.id });
  const other = await signInOnSpotify(app.app, 'jonas');
  await other.authorize();
  const calls = ({ saved }: Pick<typeof other, 'saved'>) => [
    () => saved.export.plan({ savedId: app.playlist.id }),
    () => saved.export.list({ savedId: app.playlist.id }),
    () => saved.export.show({ exportId: plan.id! }),
    () => saved.export.send({ exportId: plan.id!, hash: plan.hash! }),
  ];
  for (const call of calls(other)) await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  for (const call of calls(app.as({ kind: 'anonymous' }).discovery)) await expect(call()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(app.writes()).toEqual([]);
  await app.deps.db.delete(users).where(eq(users.id, app.actor.userId));
  expect(
    (await app.deps.db.execute(sql`select 1 from own_playlists union all select 1 from sync_plans union all select 1 from saved_playlists`)).rows,
  ).toEqual([]);
});

test('a listener withdraws the permission: the tokens are deleted, Spotify keeps the playlist, the next export asks, and once allowed changes the same one', async () => {
  await using app = await openExports();
  const { saved, playlist, uris } = app;
  await app.exportOnce();
  const [made] = app.shown();
  expect(await saved.export.permission()).toMatchObject({ kind: 'given', account: 'Mara Ellison' });
  app.spotify.clearRequests();
  expect(await saved.export.withdrawPermission()).toEqual({ kind: 'none' });
  expect(await saved.export.withdrawPermission()).toEqual({ kind: 'none' });
  const [stored] = await app.deps.db.select().from(accounts);
  expect(stored).toMatchObject({ sealedAccessToken: null, sealedRefreshToken: null, scopes: [], status: 'needs_reauth' });
  const withdrawn = await app.deps.db.execute(sql`select 1 from audit_log where action = 'account_permission_withdrawn'`);
  expect(withdrawn.rows).toHaveLength(1);
  expect(await saved.export.plan({ savedId: playlist.id })).toMatchObject({ id: null, problem: { kind: 'authorize' } });
  expect(app.spotify.requests()).toEqual([]);
  expect(app.shown()).toEqual([made]);

  await app.authorize();
  await saved.edit({
    savedId: playlist.id,
    revision: 1,
    edits: [{ kind: 'remove', recordingId: recordingId.parse(playlist.tracks[0]?.recordingId) }],
  });
  await app.exportOnce();
  expect(app.shown()).toMatchObject([{ id: made!.id, uris: uris.slice(1) }]);
});

test('the permission of an account that hosts playlists of the network stays when its owner withdraws', async () => {
  await using app = await openDiscovery();
  await connectAs(app.deps, 'mara');
  const { saved, authorize } = await signInOnSpotify(app, 'mara');
  await authorize();
  expect(await saved.export.permission()).toEqual({ kind: 'hosting', account: 'Mara Ellison' });
  expect(await saved.export.withdrawPermission()).toEqual({ kind: 'hosting', account: 'Mara Ellison' });
  expect((await listAccounts(app.deps, SYSTEM)).map(({ status }) => status)).toEqual(['active']);
});

test('withdrawing ends only the own permission', async () => {
  await using app = await openExports();
  const at = app.clock.now();
  const id = userId.parse('7d0f5c3e-92a4-4a51-8a0e-3c1f5d9b2e11');
  await app.deps.db.insert(users).values({ id, displayName: 'Ann', createdAt: at, lastSignedInAt: at });
  const { discovery } = app.app.as({ kind: 'user', userId: id, isAdmin: false });
  expect(await discovery.saved.export.permission()).toEqual({ kind: 'none' });
  expect(await discovery.saved.export.withdrawPermission()).toEqual({ kind: 'none' });
  expect(await app.saved.export.permission()).toMatchObject({ kind: 'given' });
});
