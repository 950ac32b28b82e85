import { SYSTEM } from '#server/actor.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';
import { measureCuratedDays } from '#tests/support/network/curated-days.ts';
import { startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

const TODAY = '2026-11-21';
const never = new AbortController().signal;
const ABSENT_ARTIST = 'x'.repeat(22);

async function storedList({ deps: { db } }: TestApp, day: string) {
  const { rows } = await db.execute<{ id: string; report: SnapshotReport }>(
    sql`select s.playlist_id as id, s.report from snapshots s join playlists p on p.id = s.playlist_id where p.theme_tag = 'Company' and batch_tag = ${day}`,
  );
  const entries = await db.execute<{ id: number; reasons: EntryReasons }>(
    sql`select recording_id as id, reasons from playlist_entries_history where playlist_id = ${rows[0]?.id ?? ''} and batch_tag = ${day} order by position`,
  );
  return { report: rows[0]?.report, entries: entries.rows };
}

test(
  'lists go with the recordings, artists and lists that a policy names, as simulated; examples that are missing are named',
  { timeout: 300_000 },
  async () => {
    await using app = await startTestApp({ at: `${TODAY}T05:00:00Z` });
    await fillLargeNetwork(app.databaseUrl, { recordings: 2_500, playlists: 2, policies: 1, historyDays: 0, today: TODAY });
    await curatePlaylists(app.deps, { day: TODAY, trigger: 'test', signal: never });
    const first = await app.deps.db.execute<{ id: number }>(
      sql`select recording_id as id from playlist_entries_history h join playlists p on p.id = h.playlist_id where p.global_index = 1 order by position limit 3`,
    );
    await app.deps.db.execute(sql`delete from track_features where recording_id = ${first.rows[0]?.id ?? 0}`);
    app.clock.set(`${TODAY}T12:00:00Z`);
    const body = {
      version: 2,
      pool: { all: [] },
      prefer: [{ field: 'energy', toward: 0.6, spread: 0.2, weight: 1 }],
      size: 20,
      rest: { days: 2, scope: 'playlist' },
      goesWith: {
        seeds: [
          ...first.rows.map(({ id }) => ({ recordingId: id })),
          { recordingId: 99_999 },
          { artistId: ABSENT_ARTIST },
          { playlistIndex: 77 },
          { playlistIndex: 3 },
        ],
        avoid: [{ playlistIndex: 2 }],
        weight: 10,
      },
    };
    // Draws depend on ids: every run gets the same ones.
    let made = 0;
    const writer = { ...app.deps, newId: () => `00000000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}` };
    const { id } = await createPolicy({ ...writer, provePolicy }, SYSTEM, { name: 'Company', body });
    await createPlaylists(writer, SYSTEM, { themeTag: 'Company', policyId: id, count: 1 });

    app.clock.set(`${addDays(TODAY, 1)}T03:00:00Z`);
    const simulation = await app.admin.playlistAdmin.curation.simulate({ days: 3, variants: [{ name: 'As it is' }] });
    await app.runJobs();
    const simulated = (await app.admin.playlistAdmin.curation.simulation({ id: simulation.id })).results[0]?.result;
    for (let n = 1; n <= 3; n += 1) {
      app.clock.set(`${addDays(TODAY, n)}T04:00:00Z`);
      await curatePlaylists(app.deps, { trigger: 'test', signal: never });
    }
    expect(await measureCuratedDays(app.deps, { from: addDays(TODAY, 1), days: 3 })).toEqual(simulated);

    const { report, entries } = await storedList(app, addDays(TODAY, 1));
    expect(report?.notes).toEqual(
      expect.arrayContaining([
        `Not in the catalog, but named as an example by the policy: recording 99999, artist ${ABSENT_ARTIST}.`,
        'Not in the network, but named as an example by the policy: playlist #077.',
        'Without a list when the policy was saved, so no example: playlist #003.',
        expect.stringMatching(/^\d+ of \d+ examples have no known audio features/),
      ]),
    );
    const together = entries.filter(({ reasons }) => reasons.decisive?.kind === 'goes_with');
    expect(together.length).toBeGreaterThan(3);
    for (const { reasons } of together) expect(reasons.decisive?.what).toMatch(/^Goes with “Title \d+”: on (?:1 list together|the same album)$/);
    const ofSecond = await app.deps.db.execute<{ id: number }>(
      sql`select recording_id as id from playlist_entries_history h join playlists p on p.id = h.playlist_id where p.global_index = 2 and batch_tag = ${TODAY}`,
    );
    expect(entries.filter((entry) => ofSecond.rows.some(({ id: other }) => other === entry.id))).toEqual([]);
  },
);
