import { insertSnapshot } from '#server/repos/curation/ledger.ts';
import type { NewSnapshot } from '#server/repos/curation/ledger.ts';
import type { PlaylistId, PolicyId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';

const REPORT = {
  catalog: 3,
  pool: 3,
  resting: 0,
  candidates: 3,
  cappedByArtist: 0,
  cappedByAlbum: 0,
  chosen: 2,
  size: 2,
  seed: 's',
  shortfall: [],
  nearMisses: [],
  sound: { energy: null, valence: null, tempo: null, acousticness: null, year: null },
};
const NO_REASONS = { admittedBy: [], preferences: [], chance: 0, rank: 1, lastUsedOn: null, restDays: 30 };

async function openLedger() {
  const database = await openTestDatabase();
  const policyId = randomUUID() as PolicyId;
  const playlistId = randomUUID() as PlaylistId;
  await database.db.execute(
    sql`insert into curation_policies (id, family_id, version, name, body, created_at, created_by) values (${policyId}, ${policyId}, 1, 'P', '{"version":1}', now(), 'test')`,
  );
  await database.db.execute(
    sql`insert into playlists (id, global_index, theme_tag, policy_id, created_at) values (${playlistId}, 1, 'T', ${policyId}, now())`,
  );
  await database.db.execute(sql`insert into recordings (match_key, title, duration_ms, track_id, album_id, basis, confidence, ingested_on)
    select 'k' || n, 'Title ' || n, 200000, 't' || n, 'a' || n, 'title_artists_duration', 0.9, '2026-01-01' from generate_series(1, 5) n`);
  await database.db.execute(
    sql`insert into tracks (id, name, duration_ms, recording_id, source, fetched_at) select 't' || n, 'Title ' || n, 200000, n, 'spotify', now() from generate_series(1, 5) n`,
  );
  const publish = (day: string, recordings: readonly number[], change: Partial<NewSnapshot> = {}) =>
    database.db.transaction((tx) =>
      insertSnapshot(tx, {
        playlistId,
        policyId,
        day,
        restScope: 'network',
        restDays: 30,
        at: new Date('2026-11-01T04:00:00Z'),
        status: 'published',
        report: REPORT,
        entries: recordings.map((recordingId) => ({ recordingId, score: 0.5, reasons: NO_REASONS })),
        ...change,
      }),
    );
  return { ...database, playlistId, policyId, publish };
}

/** The constraint that the database named: drizzle wraps the driver's error. */
async function refusal(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    for (let at: unknown = error; at instanceof Error; at = at.cause)
      if ('constraint' in at && typeof at.constraint === 'string') return at.constraint;
    throw error;
  }
}

describe('the ledger', () => {
  test('a recording within its repeat window is refused by the database, one after it is accepted', async () => {
    await using ledger = await openLedger();
    await ledger.publish('2026-10-01', [1, 2]);
    expect(await refusal(ledger.publish('2026-10-30', [2, 3]))).toBe('placements_no_repeat');
    expect(await refusal(ledger.publish('2026-10-31', [2, 3]))).toBeUndefined();
  });

  test('a repeat inserted manually in the same rest scope is refused whichever playlist it is for', async () => {
    await using ledger = await openLedger();
    await ledger.publish('2026-10-01', [1, 2]);
    const other = randomUUID();
    await ledger.db.execute(
      sql`insert into playlists (id, global_index, theme_tag, policy_id, created_at) values (${other}, 2, 'U', ${ledger.policyId}, now())`,
    );
    const byHand = (scope: string) =>
      ledger.db.execute(
        sql`insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days) values (${other}, 1, ${scope}, '2026-10-05', '2026-10-05', 30)`,
      );
    expect(await refusal(byHand('network'))).toBe('placements_no_repeat');
    expect(await refusal(byHand(`playlist:${other}`))).toBeUndefined();
  });

  test('a list cannot be backdated into another list’s repeat window', async () => {
    await using ledger = await openLedger();
    await ledger.publish('2026-10-20', [1, 2]);
    expect(await refusal(ledger.publish('2026-10-01', [1, 3]))).toBe('placements_no_repeat');
  });

  test('a refused list leaves nothing behind', async () => {
    await using ledger = await openLedger();
    await ledger.publish('2026-10-01', [1, 2]);
    await refusal(ledger.publish('2026-10-02', [3, 1]));
    const remaining = await ledger.db.execute(
      sql`select 1 from snapshots where batch_tag = '2026-10-02' union all select 1 from playlist_entries_history where batch_tag = '2026-10-02'`,
    );
    expect(remaining.rows).toEqual([]);
  });

  test('a snapshot with a gap in its positions cannot be committed', async () => {
    await using ledger = await openLedger();
    const holed = ledger.db.transaction(async (tx) => {
      await insertSnapshot(tx, {
        playlistId: ledger.playlistId,
        policyId: ledger.policyId,
        day: '2026-10-01',
        restScope: 'network',
        restDays: 30,
        at: new Date(),
        status: 'published',
        report: REPORT,
        entries: [1, 2].map((recordingId) => ({ recordingId, score: 1, reasons: NO_REASONS })),
      });
      await tx.execute(sql`update snapshots set size = 3 where batch_tag = '2026-10-01'`);
    });
    expect(await refusal(holed)).toBe('snapshots_whole');
  });

  test('an unfilled day places nothing, and entries are never deleted or moved', async () => {
    await using ledger = await openLedger();
    expect(await refusal(ledger.publish('2026-10-01', [1], { status: 'unfilled' }))).toBe('snapshots_unfilled_places_nothing');
    await ledger.publish('2026-10-02', [1, 2]);
    expect(await refusal(ledger.db.execute(sql`delete from playlist_entries_history`))).toBe('history_append_only');
    expect(await refusal(ledger.db.execute(sql`update playlist_entries_history set position = 9 where position = 1`))).toBe('history_append_only');
  });

  test('recent usage gives the last day of a recording and the first day it can play again; a pin never returns', async () => {
    await using ledger = await openLedger();
    await ledger.publish('2026-10-01', [1, 2]);
    await ledger.publish('2026-11-02', [1, 3]);
    await ledger.db.execute(
      sql`insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days) values (${ledger.playlistId}, 4, 'network', '2026-11-02', null, 30)`,
    );
    const usage = await ledger.db.execute(
      sql`select recording_id, last_used_on::text, rests_until::text, uses from recent_usage where recording_id in (1, 4) order by 1`,
    );
    expect(usage.rows).toEqual([
      { recording_id: 1, last_used_on: '2026-11-02', rests_until: '2026-12-02', uses: 2 },
      { recording_id: 4, last_used_on: null, rests_until: null, uses: 1 },
    ]);
  });
});
