import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { SHARED_PROCEDURES } from '#server/http/shared-answers/shared-procedures.ts';
import { readDataVersions } from '#server/repos/data-versions.ts';
import type { DataSubject } from '#server/repos/data-versions.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { openTestDatabase } from '#tests/support/database.ts';
import { DAY_ONE, DAY_TWO, openSyncedNetwork } from '#tests/support/network/sync-network.ts';

/** An input for each shared procedure with which it reads everything that it can. */
const INPUTS: Readonly<Record<string, unknown>> = {
  'playlists.playlist': { index: 1 },
  'playlists.trends': { index: 1 },
  'playlists.certificate': { index: 1, day: DAY_TWO },
  'playlists.history': { index: 1, day: DAY_TWO },
  'playlists.diffDays': { index: 1, from: DAY_ONE, to: DAY_TWO },
};

/** INSERT 4, DELETE 8, UPDATE 16 and TRUNCATE 32, per statement and after it. */
const EVERY_WRITE = 60;

let network: Awaited<ReturnType<typeof openSyncedNetwork>>;
/** A second app on the same database, so that nothing but the reads uses its connections. */
let reader: TestApp;
let subjectOf: Map<string, string>;
let tables: string[];

beforeAll(async () => {
  network = await openSyncedNetwork();
  await network.publishDay(DAY_TWO, network.list(10, 50));
  network.clock.set(`${DAY_TWO}T05:00:00Z`);
  await network.sync(DAY_TWO);
  reader = await startTestApp({ databaseUrl: network.databaseUrl, at: `${DAY_TWO}T05:00:00Z` });
  const watched = await network.deps.db.execute<{ name: string; counter: string; events: number }>(sql`
    select t.tgrelid::regclass::text as name, replace(encode(t.tgargs, 'escape'), '\\000', '') as counter, t.tgtype::int as events
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid where p.proname = 'advance_data_version' and t.tgenabled = 'O'`);
  subjectOf = new Map(
    watched.rows.flatMap(({ name, counter, events }) => (events === EVERY_WRITE ? [[name, counter.replace('data_version_', '')]] : [])),
  );
  const all = await network.deps.db.execute<{ name: string }>(sql`
    select c.relname as name from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'v', 'm', 'p')`);
  tables = all.rows.map(({ name }) => name);
}, 120_000);

afterAll(async () => {
  await reader[Symbol.asyncDispose]();
  await network[Symbol.asyncDispose]();
});

/** The tables whose names occur in any statement that a call sends. Names of columns are included, which only makes the test stricter. */
async function tablesReadBy(procedure: string): Promise<Set<string>> {
  const query = vi.spyOn(reader.deps.pool, 'query');
  const connect = vi.spyOn(reader.deps.pool, 'connect');
  try {
    const [area = '', name = ''] = procedure.split('.');
    const caller = reader.as({ kind: 'anonymous' }) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
    await caller[area]?.[name]?.(INPUTS[procedure]);
    // The pool passes a callback to itself. Without one, a caller took a session whose statements would not be seen here.
    expect(connect.mock.calls.filter((given: readonly unknown[]) => given.length === 0)).toEqual([]);
    const words = new Set(query.mock.calls.flatMap((call) => textOf(call[0]).match(/\w+/g) ?? []));
    return new Set(tables.filter((table) => words.has(table)));
  } finally {
    query.mockRestore();
    connect.mockRestore();
  }
}

const textOf = (statement: unknown) => (typeof statement === 'string' ? statement : (statement as { text: string }).text);

describe('the versions of the data', () => {
  test('are advanced by every table that a shared answer is read from', async () => {
    const unwatched: string[] = [];
    const read = new Set<string>();
    for (const [procedure, subjects] of SHARED_PROCEDURES) {
      for (const table of await tablesReadBy(procedure)) {
        read.add(table);
        const subject = subjectOf.get(table);
        if (!subjects.some((one) => one === subject)) unwatched.push(`${procedure} reads ${table}, whose subject is ${subject ?? 'none'}`);
      }
    }
    expect(unwatched).toEqual([]);
    expect([...read]).toEqual(
      expect.arrayContaining(['playlists', 'snapshots', 'placements', 'recordings', 'artists', 'list_overrides', 'sync_plans']),
    );
  });

  test('change with an insert, an update, a delete and a truncate, of that subject alone', async () => {
    await using database = await openTestDatabase();
    const subjects: readonly DataSubject[] = ['catalog', 'lists', 'ledger', 'replicas'];
    const tableOf = { catalog: 'track_artists', lists: 'list_overrides', ledger: 'playlist_entries_history', replicas: 'accounts' } as const;
    const changeOf = { catalog: 'position = 1', lists: 'reason = null', ledger: 'score = 1', replicas: 'max_playlists = 1' } as const;
    for (const subject of subjects) {
      const table = tableOf[subject];
      const writes = [`delete from ${table}`, `update ${table} set ${changeOf[subject]}`, `truncate ${table} cascade`];
      for (const write of writes.slice(0, table === 'accounts' ? 2 : 3)) {
        const before = await readDataVersions(database.pool);
        await database.pool.query(write);
        const after = await readDataVersions(database.pool);
        expect([write, ...subjects.filter((one) => before[one] !== after[one])]).toEqual([write, subject]);
      }
    }
  });

  test('never stand still between a write that began and its end, however many writers there are and whatever they do first', async () => {
    await using database = await openTestDatabase();
    const seen = [(await readDataVersions(database.pool)).lists];
    const [one, other] = [await database.pool.connect(), await database.pool.connect()];
    try {
      for (const [client, text] of [
        [one, 'begin'],
        [other, 'begin'],
        [one, 'delete from playlists'],
        [other, 'delete from playlist_marks'],
        [other, 'commit'],
        [one, 'rollback'],
      ] as const) {
        await client.query(text);
        seen.push((await readDataVersions(database.pool)).lists);
      }
      const changes = seen.map((version, at) => version !== seen[at - 1]);
      expect(changes).toEqual([true, false, false, true, true, true, true]);
      expect(new Set(seen).size).toBe(5);
    } finally {
      one.release();
      other.release();
    }
  });
});
