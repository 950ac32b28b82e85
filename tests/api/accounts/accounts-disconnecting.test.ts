import { accounts, alerts, auditLog, dryRuns, playlistAccountMap, reconnectLinks, remoteFindings, syncOperations } from '#drizzle/schema/index.ts';
import { accountBucket } from '#server/repos/accounts/account-limits.ts';
import { replaceName } from '#server/repos/accounts/forget-account.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { day, spotifyPlaylistId } from '#shared/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { openTestDatabase } from '#tests/support/database.ts';
import { connectAs } from '#tests/support/processes/instance.ts';
import { accountOf, connectAccounts } from '#tests/support/spotify/connected-accounts.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';

const TODAY = '2026-11-21';

/** One account that hosts two playlists, with every kind of data that Segue can store about an account. */
async function openHostingAccount(app: TestApp) {
  const [north] = await connectAccounts(app.deps, 'segue-north');
  const tracks = await seedTracks(app.deps.db, catalogTrackIds(app.sandbox.catalog, 40));
  for (const index of [1, 2]) {
    const playlistId = await seedPlaylist(app.deps.db, index);
    await publish(app.deps.db, { playlistId, day: TODAY, tracks: tracks.slice(index * 10, index * 10 + 10) });
  }
  app.spotify.addPlaylist('segue-north', { name: 'For my mother' });
  await syncPlaylists(app.deps, { day: day.parse(TODAY), signal: new AbortController().signal });
  await app.admin.playlistAdmin.accounts.createReconnectLink({ accountId: north!.id });
  const at = app.clock.now();
  await app.deps.db.insert(remoteFindings).values({
    accountId: north!.id,
    spotifyPlaylistId: spotifyPlaylistId.parse('0123456789abcdefghijkl'),
    kind: 'orphan',
    name: 'For my mother',
    detail: 'Stands there and is not ours.',
    firstSeenAt: at,
    lastSeenAt: at,
  });
  const named = {
    id: randomUUID(),
    key: 'k',
    level: 'info' as const,
    what: 'Segue North is low',
    detail: 'Ask Segue North. Not Segue Northern.',
    openedAt: at,
  };
  await app.deps.db.insert(alerts).values(named);
  await app.deps.db.execute(
    sql`insert into rate_limit_events (bucket, account_id, at, until, why) values (${accountBucket(north!.id)}, ${north!.id}, now(), now(), '429')`,
  );
  await app.deps.db.execute(sql`insert into dry_runs (id, day, hash, status, body, planned_by, planned_at)
    values (${randomUUID()}, ${TODAY}, 'h', 'within', ${JSON.stringify({
      accounts: [{ account: 'Segue North', problem: 'Segue North is switched off' }],
      risks: ['Nobody but Segue North, not Segue Northern.', '“Segue North”'],
    })}, 'system', now())`);
  await app.deps.db.execute(sql`insert into manager_plans (id, day, hash, status, body, planned_by, planned_at)
    values (${randomUUID()}, ${TODAY}, 'h', 'planned', ${JSON.stringify({ actions: [{ why: 'Segue North ranks highest; the copy on Segue North’s goes.' }] })}, 'system', now())`);
  await app.deps.db.execute(sql`update sync_plans set status_reason = 'Playlist #1 is no longer hosted on Segue North.'`);
  await app.deps.db.execute(sql`select graphile_worker.add_job('sync-playlists', '{}')`);
  await app.deps.db.execute(
    sql`update graphile_worker._private_jobs set last_error = 'Segue North must be re-authorized on Spotify.', run_at = now() + '1 day'`,
  );
  // Requests are counted a moment after they were made.
  await vi.waitFor(async () => {
    const counted = await app.deps.db.execute(sql`select 1 from request_use where bucket = ${accountBucket(north!.id)}`);
    expect(counted.rows).not.toEqual([]);
  }, 60_000);
  return north!;
}

/** Every table as text, to search for data that must not be there. Omits counters that update by themselves a moment later. */
async function everything(app: TestApp): Promise<Record<string, string>> {
  const tables = await app.deps.db.execute<{ schema: string; name: string }>(
    sql`select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
  );
  const texts: Record<string, string> = {};
  for (const { schema, name } of tables.rows.filter((table) => table.name !== 'request_use')) {
    const rows = await app.deps.db.execute<{ all: string | null }>(
      sql`select string_agg(t::text, ' ' order by t::text) as all from ${sql.identifier(schema)}.${sql.identifier(name)} t`,
    );
    texts[name] = rows.rows[0]?.all ?? '';
  }
  return texts;
}

describe('disconnecting an account', () => {
  test('is previewed by name and count, deletes only what was previewed, keeps the ledger, and returns a receipt', async () => {
    await using app = await startTestApp({ at: `${TODAY}T12:00:00Z` });
    const north = await openHostingAccount(app);
    const ledger = async () => (await app.deps.db.execute(sql`select * from playlist_entries_history order by 1, 2, 3`)).rows;
    const before = await ledger();
    const preview = await app.admin.playlistAdmin.accounts.previewDisconnect({ accountId: north.id });
    expect(preview.playlists.map(({ index, otherAccounts: elsewhere }) => [index, elsewhere])).toEqual([
      [1, []],
      [2, []],
    ]);
    const receipt = await app.admin.playlistAdmin.accounts.disconnect({ accountId: north.id, hash: preview.hash });
    expect(receipt).toMatchObject({ displayName: 'Segue North', playlistsRetired: 2, removed: preview.removes, kept: preview.keeps });
    const removed = Object.fromEntries(receipt.removed.map(({ what, count }) => [what, count]));
    expect(removed).toMatchObject({
      'sealed tokens': 2,
      'granted scopes': 5,
      'reconnect links': 1,
    });
    expect(removed['findings about other playlists of its owner']).toBeGreaterThanOrEqual(3);
    expect(removed['mentions of its name in alerts, runs, plans and failed jobs']).toBeGreaterThanOrEqual(6);
    expect(removed['request and rate limit counts']).toBeGreaterThanOrEqual(1);
    expect(await ledger()).toEqual(before);
    const remaining = JSON.stringify(await everything(app)).replaceAll(String.raw`\"`, '"');
    for (const secret of [
      'segue-north',
      'Segue North,',
      'Segue North is',
      'For my mother',
      '"Segue North"',
      'Segue North has',
      'Segue North ranks',
      'on Segue North.',
      'North’s',
      '“Segue North”',
    ])
      expect(remaining).not.toContain(secret);
    expect(remaining).toContain('Segue Northern');
  });

  test('leaves a tombstone, retired replicas and no usable credentials', async () => {
    await using app = await startTestApp({ at: `${TODAY}T12:00:00Z` });
    const north = await openHostingAccount(app);
    const { hash } = await app.admin.playlistAdmin.accounts.previewDisconnect({ accountId: north.id });
    await app.admin.playlistAdmin.accounts.disconnect({ accountId: north.id, hash });
    expect(await app.deps.db.select().from(accounts)).toMatchObject([
      {
        id: north.id,
        status: 'disabled',
        statusReason: `Disconnected on ${TODAY}.`,
        sealedAccessToken: null,
        sealedRefreshToken: null,
        disconnectedAt: expect.any(Date),
      },
    ]);
    expect((await app.deps.db.select().from(playlistAccountMap)).map(({ status, retiredAt }) => [status, retiredAt !== null])).toEqual([
      ['retired', true],
      ['retired', true],
    ]);
    for (const table of [reconnectLinks, remoteFindings]) expect(await app.deps.db.select().from(table)).toEqual([]);
    expect((await app.deps.db.select().from(syncOperations)).filter(({ knownIdsBefore }) => knownIdsBefore !== null)).toEqual([]);
    const plans = await app.deps.db.select().from(dryRuns).where(eq(dryRuns.hash, 'h'));
    const former = `Former account ${north.id.slice(0, 8)}`;
    expect(plans[0]?.body).toMatchObject({
      accounts: [{ account: former, problem: `${former} is switched off` }],
      risks: [`Nobody but ${former}, not Segue Northern.`, `“${former}”`],
    });
    expect(await app.admin.playlistAdmin.accounts.list()).toEqual([]);
    await expect(withAccessToken(app.deps, north.id, () => Promise.resolve(1))).rejects.toMatchObject({ code: 'not_found' });
    await expect(app.as({ kind: 'anonymous' }).playlistAdmin.accounts.publicPage({ accountId: north.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const [entry] = await app.deps.db.select().from(auditLog).where(eq(auditLog.action, 'account_disconnected'));
    expect(entry).toMatchObject({ subject: `account:${north.id}`, detail: expect.stringContaining('2 playlists retired') });
  });

  test('lets the owner connect again as a new account', async () => {
    await using app = await startTestApp({ at: `${TODAY}T12:00:00Z` });
    const north = await openHostingAccount(app);
    const { hash } = await app.admin.playlistAdmin.accounts.previewDisconnect({ accountId: north.id });
    await app.admin.playlistAdmin.accounts.disconnect({ accountId: north.id, hash });
    await connectAs(app.deps, 'segue-north');
    const again = await accountOf(app.deps, 'segue-north');
    expect(again.id).not.toBe(north.id);
    expect(await app.admin.playlistAdmin.accounts.list()).toMatchObject([
      { id: again.id, displayName: 'Segue North', status: 'active', playlists: 0 },
    ]);
  });

  test('that was only previewed changes nothing', async () => {
    await using app = await startTestApp({ at: `${TODAY}T12:00:00Z` });
    const north = await openHostingAccount(app);
    const before = await everything(app);
    const { hash } = await app.admin.playlistAdmin.accounts.previewDisconnect({ accountId: north.id });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const after = await everything(app);
    expect(Object.keys(after).filter((table) => after[table] !== before[table])).toEqual([]);
  });

  test('is refused when the account changed since the preview, is being written to, or is gone; and happens once when two operators click at once', async () => {
    await using app = await startTestApp({ at: `${TODAY}T12:00:00Z` });
    const north = await openHostingAccount(app);
    const stale = await app.admin.playlistAdmin.accounts.previewDisconnect({ accountId: north.id });
    await connectAs(app.deps, 'segue-north');
    await expect(app.admin.playlistAdmin.accounts.disconnect({ accountId: north.id, hash: stale.hash })).rejects.toMatchObject({ code: 'CONFLICT' });
    const { hash } = await app.admin.playlistAdmin.accounts.previewDisconnect({ accountId: north.id });
    await withAdvisoryLocks(app.deps.pool, [`segue.sync.account:${north.id}`], async () => {
      await expect(app.admin.playlistAdmin.accounts.disconnect({ accountId: north.id, hash })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: 'Segue North is being synced right now.',
      });
    });
    const both = await Promise.allSettled([1, 2].map(() => app.admin.playlistAdmin.accounts.disconnect({ accountId: north.id, hash })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(app.admin.playlistAdmin.accounts.previewDisconnect({ accountId: north.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is for operators only', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    const anonymous = app.as({ kind: 'anonymous' });
    await expect(anonymous.playlistAdmin.accounts.previewDisconnect({ accountId: north!.id })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(anonymous.playlistAdmin.accounts.disconnect({ accountId: north!.id, hash: 'a'.repeat(64) })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
  });
});

/** A scaling plan with as many escaping traps as fit. */
const planNaming = (who: string) => ({ actions: [{ kind: 'place_replica', why: 'Another why', isLast: true, index: 12, account: who }] });

test.each(['true', '12', 'why', 'place', 'An', 'a "quoted" \\ name', '.*'])(
  'an account named %s is deleted without damaging the JSON of a plan',
  async (name) => {
    await using database = await openTestDatabase();
    await database.db.execute(sql`insert into manager_plans (id, day, hash, status, body, planned_by, planned_at)
    values (${randomUUID()}, ${TODAY}, 'h', 'planned', ${JSON.stringify(planNaming(name))}, 'system', now())`);
    expect(await replaceName(database.db, name, 'Former')).toBe(1);
    const { rows } = await database.db.execute<{ body: unknown }>(sql`select body from manager_plans`);
    // A word of a sentence that happens to equal the name is removed too: removing too much is better than too little.
    expect(rows[0]?.body).toEqual({ actions: [{ ...planNaming('Former').actions[0], why: name === 'why' ? 'Another Former' : 'Another why' }] });
  },
);
