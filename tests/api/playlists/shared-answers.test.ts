import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { startTestApp, TEST_ADMIN_KEY } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';
import { withAdmin } from '#tests/support/template.ts';

const TODAY = '2026-11-02';
const WALL = '/trpc/playlists.overview';
const FIRST_LOAD = `/trpc/auth.status,playlists.overview,playlists.playlist?batch=1&input=${encodeURIComponent(JSON.stringify({ 2: { index: 1 } }))}`;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}

/** Reads with exactly these headers; fetch would add its own and decompress. */
function read(app: Pick<TestApp, 'baseUrl'>, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, app.baseUrl), { headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
}

interface Wall {
  readonly today: string;
  readonly playlists: readonly { readonly blurb: string | null; readonly freshness: string }[];
}

const wallOf = ({ bytes }: Pick<Answer, 'bytes'>): Wall => (JSON.parse(String(bytes)) as { result: { data: Wall } }).result.data;
const blurbOn = async (app: Pick<TestApp, 'baseUrl'>) => wallOf(await read(app, WALL)).playlists[0]?.blurb;

async function openNetwork(options: { at?: string } = {}) {
  const app = await startTestApp({ at: options.at ?? `${TODAY}T05:00:00Z`, http: true });
  const tracks = await seedTracks(app.deps.db, catalogTrackIds(app.sandbox.catalog, 60));
  for (const index of [1, 2]) {
    const playlistId = await seedPlaylist(app.deps.db, index);
    for (const day of ['2026-11-01', TODAY]) await publish(app.deps.db, { playlistId, day, tracks: tracks.slice(index * 5, index * 5 + 20) });
  }
  return { ...app, setBlurb: (text: string) => app.deps.db.execute(sql`update playlists set blurb = ${text} where global_index = 1`) };
}

describe('what everyone may read', () => {
  test('shows a write to the next reader, in the process that wrote and in every other', async () => {
    await using one = await openNetwork();
    await using other = await startTestApp({ databaseUrl: one.databaseUrl, http: true, at: `${TODAY}T05:00:00Z` });
    for (let n = 0; n < 40; n += 1) {
      await one.setBlurb(`Written ${n}`);
      const readers = [other, one, other, one, other];
      expect(await Promise.all(readers.map(blurbOn))).toEqual(readers.map(() => `Written ${n}`));
    }
  });

  test('does not show a write before it is committed, and shows it afterwards even though it began before the answer was prepared', async () => {
    await using app = await openNetwork();
    await app.setBlurb('before');
    const writer = new Client({ connectionString: app.databaseUrl });
    await writer.connect();
    try {
      await writer.query('begin');
      await writer.query(`update playlists set blurb = 'after' where global_index = 1`);
      expect(await blurbOn(app)).toBe('before');
      expect(await blurbOn(app)).toBe('before');
      await writer.query('commit');
      expect(await blurbOn(app)).toBe('after');
      // The same in a savepoint that is rolled back, and in a transaction that is.
      await writer.query(`begin; savepoint s; update playlists set blurb = 'undone' where global_index = 1; rollback to s`);
      expect(await blurbOn(app)).toBe('after');
      await writer.query(`update playlists set blurb = 'undone too' where global_index = 1`);
      const whileOpen = await read(app, WALL);
      await writer.query('rollback');
      const rolledBack = await read(app, WALL);
      expect([wallOf(whileOpen).playlists[0]?.blurb, wallOf(rolledBack).playlists[0]?.blurb]).toEqual(['after', 'after']);
      await writer.query(`update playlists set blurb = 'last' where global_index = 1`);
      expect(await blurbOn(app)).toBe('last');
    } finally {
      await writer.end();
    }
  });

  test('is never an old answer when the connections to the database are lost, or the database does not answer at all', async () => {
    await using app = await openNetwork();
    const { pathname } = new URL(app.databaseUrl);
    const name = pathname.slice(1);
    const cutAll = (client: Client) => client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await withAdmin(Object.assign(new URL(app.databaseUrl), { pathname: '/postgres' }).toString(), async (admin) => {
      for (let n = 0; n < 5; n += 1) {
        expect((await read(app, WALL)).status).toBe(200);
        await app.setBlurb(`Written ${n}`);
        await cutAll(admin);
        const answer = await read(app, WALL);
        expect([answer.status === 200 ? wallOf(answer).playlists[0]?.blurb : 'refused']).not.toContain(n === 0 ? null : `Written ${n - 1}`);
        await expect.poll(() => blurbOn(app).catch(() => 'refused'), { timeout: 20_000 }).toBe(`Written ${n}`);
      }
      await admin.query(`alter database ${name} with allow_connections false`);
      await cutAll(admin);
      const outage = [await read(app, WALL), await read(app, WALL)];
      expect(outage.map(({ status }) => status >= 500)).toEqual([true, true]);
      expect(outage.map(({ headers }) => headers['etag'])).toEqual([undefined, undefined]);
      await admin.query(`alter database ${name} with allow_connections true`);
      await expect.poll(() => blurbOn(app).catch(() => 'refused'), { timeout: 20_000 }).toBe('Written 4');
    });
  });

  test('is computed once for all who ask at the same time, and not again until something is written', async () => {
    await using app = await openNetwork();
    const query = vi.spyOn(app.deps.pages.public.pool, 'query');
    const computed = () => query.mock.calls.filter(([statement]) => JSON.stringify(statement).includes('distinct on (playlist_id)')).length;
    const readers = Array.from({ length: 30 }, () => app);
    await Promise.all(readers.map(blurbOn));
    await Promise.all(readers.map(blurbOn));
    expect(computed()).toBe(1);
    await app.setBlurb('new words');
    expect(await Promise.all(readers.map(blurbOn))).toEqual(readers.map(() => 'new words'));
    expect(computed()).toBe(2);
  });

  test('changes at midnight', async () => {
    await using app = await openNetwork({ at: `${TODAY}T23:59:00Z` });
    const before = wallOf(await read(app, WALL));
    expect([before.today, before.playlists[0]?.freshness]).toEqual([TODAY, 'today']);
    app.clock.set('2026-11-03T00:00:00.001Z');
    const after = wallOf(await read(app, WALL));
    expect([after.today, after.playlists[0]?.freshness]).toEqual(['2026-11-03', 'earlier']);
    app.clock.set(`${TODAY}T23:59:59Z`);
    expect(wallOf(await read(app, WALL)).today).toBe(TODAY);
  });
});

describe('the bytes of a shared answer', () => {
  test('are sent in the encoding that the client accepts, each with its own strong tag, and not again to a client that has them', async () => {
    await using app = await openNetwork();
    const plain = await read(app, FIRST_LOAD);
    const br = await read(app, FIRST_LOAD, { 'accept-encoding': 'gzip, deflate, br' });
    const gzip = await read(app, FIRST_LOAD, { 'accept-encoding': 'gzip;q=0.5, br;q=0' });
    expect([plain, br, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
    expect(String(brotliDecompressSync(br.bytes))).toBe(String(plain.bytes));
    expect(String(gunzipSync(gzip.bytes))).toBe(String(plain.bytes));
    const tags = [plain, br, gzip].map(({ headers }) => String(headers['etag']));
    expect(new Set(tags).size).toBe(3);
    expect(tags.every((tag) => /^"[\w-]{43}(-br|-gzip)?"$/.test(tag))).toBe(true);
    expect(plain.headers).toMatchObject({ 'cache-control': 'no-cache', vary: expect.stringMatching(/Accept-Encoding.*Cookie/) });
    const again = await read(app, FIRST_LOAD, { 'accept-encoding': 'br', 'if-none-match': `"other", ${tags[1]}` });
    expect([again.status, again.bytes.length, again.headers['etag']]).toEqual([304, 0, tags[1]]);
    expect((await read(app, FIRST_LOAD, { 'if-none-match': tags[1] ?? '' })).status).toBe(200);
    await app.setBlurb('new words');
    expect((await read(app, FIRST_LOAD, { 'accept-encoding': 'br', 'if-none-match': tags[1] ?? '' })).status).toBe(200);
  });

  test('are those of the ordinary answer, for one call and for a batch, and the refusals too', async () => {
    await using app = await openNetwork();
    const missing = `/trpc/playlists.playlist?input=${encodeURIComponent('{"index":77}')}`;
    for (const path of [
      WALL,
      `${WALL}?batch=1&input=%7B%7D`,
      '/trpc/auth.status',
      FIRST_LOAD,
      missing,
      '/trpc/playlists.playlist',
      '/trpc/auth.status,auth.profile?batch=1',
    ]) {
      // One more parameter keeps an answer from being shared.
      const ordinary = await read(app, `${path}${path.includes('?') ? '&' : '?'}other=1`);
      const shared = await read(app, path);
      expect([path, shared.status, withoutTimes(shared.bytes)]).toEqual([path, ordinary.status, withoutTimes(ordinary.bytes)]);
    }
    expect((await read(app, missing)).headers['cache-control']).toBe('no-store');
    await seedPlaylist(app.deps.db, 77);
    expect((await read(app, missing)).status).toBe(200);
  });

  test('are never shared with or from somebody who shows an identity, valid or not', async () => {
    await using app = await openNetwork();
    const anonymous = await read(app, FIRST_LOAD);
    const sid = `segue_sid_${new URL(app.baseUrl).port}`;
    const identities = [
      { 'x-admin-api-key': TEST_ADMIN_KEY },
      { 'x-admin-api-key': 'wrong' },
      { cookie: `${sid}=unknown` },
      { cookie: `a=b; ${sid}=one; ${sid}=two` },
      { cookie: `${sid}=` },
    ];
    for (const headers of identities) {
      const answer = await read(app, FIRST_LOAD, { ...headers, 'if-none-match': String(anonymous.headers['etag']) });
      expect([headers, answer.status === 304, answer.headers['etag'], answer.headers['cache-control']]).toEqual([
        headers,
        false,
        undefined,
        'no-store',
      ]);
    }
    const operator = await read(app, '/trpc/auth.status', { 'x-admin-api-key': TEST_ADMIN_KEY });
    const visitor = await read(app, '/trpc/auth.status');
    expect(String(operator.bytes)).toContain('"role":"admin"');
    expect(String(visitor.bytes)).toContain('"signedIn":false');
    expect((await read(app, WALL, { 'x-admin-api-key': 'wrong' })).status).toBe(401);
  });
});

/** Answers tell when they were made and, when they are errors, for which request. */
function withoutTimes(bytes: Buffer): string {
  const text = String(bytes)
    .replaceAll(/"provedAt":"[^"]+"/g, '')
    .replaceAll(/"requestId":"[^"]+"/g, '');
  return createHash('sha256').update(text).digest('hex');
}
