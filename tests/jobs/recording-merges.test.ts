import { SYSTEM } from '#server/actor.ts';
import { verifyCertificate } from '#server/commands/certificate/verify-certificate.ts';
import { mergeRecordings } from '#server/repos/catalog/recording-merges.ts';
import { undoMerge } from '#server/use-cases/catalog/undo-merge.ts';
import { viewMerges } from '#server/use-cases/catalog/view-merges.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { exportLedger } from '#server/use-cases/playlists/export-ledger.ts';
import { issueCertificate } from '#server/use-cases/playlists/issue-certificate.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { certificateText } from '#shared/domain/playlists/certificate.ts';
import { recordingId } from '#shared/ids.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { createTestSigner } from '#tests/support/certificates/forge.ts';
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createBenchDeps } from '../bench/bench-deps.ts';
import { cloneDatabase } from '../support/database.ts';
import { fillLargeNetwork } from '../support/network/large-network.ts';

const TODAY = '2026-11-21';
const never = new AbortController().signal;
const id = (n: number) => recordingId.parse(n);

/** Five days of three playlists that share one repeat window, one of them keeping half of its tracks and pinning one. */
async function openNetwork() {
  const url = await cloneDatabase();
  await fillLargeNetwork(url, { recordings: 1_500, playlists: 0, policies: 0, historyDays: 0, today: TODAY });
  const deps = createBenchDeps(url, new Date(`${TODAY}T05:00:00Z`));
  const all = { version: 1, pool: { all: [] }, rest: { days: 20, scope: 'network' }, caps: { perArtist: 5, perAlbum: 5 } };
  for (const [name, body, count] of [
    ['Harbor', { ...all, size: 15 }, 2],
    ['Tide', { ...all, size: 12, turnover: 0.25, pins: [{ recording: { recordingId: 7 }, position: 1 }] }, 1],
  ] as const) {
    const policy = await createPolicy({ ...deps, provePolicy }, SYSTEM, { name, body });
    await createPlaylists(deps, SYSTEM, { themeTag: name, policyId: policy.id, count });
  }
  const curate = (day: string) => curatePlaylists(deps, { day, trigger: 'test', signal: never });
  for (let back = 4; back >= 0; back -= 1) await curate(addDays(TODAY, -back));
  const query = async <T extends Record<string, unknown>>(statement: ReturnType<typeof sql>) => (await deps.db.execute<T>(statement)).rows;
  const listed = (index: number, day: string) =>
    query<{ id: number; track: string; placement: number }>(sql`select h.recording_id as id, h.track_id as track, h.placement_id::int as placement
      from playlist_entries_history h join playlists p on p.id = h.playlist_id where p.global_index = ${index} and h.batch_tag = ${day}::date order by h.position`);
  const newDeps = { ...deps, newId: () => crypto.randomUUID() };
  const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }]);
  const signing = { ...deps, newSecret: () => randomBytes(32).toString('base64url'), sealer, signingSeed: Buffer.alloc(32, 8) };
  return {
    deps,
    query,
    curate,
    listed,
    merge: (from: number, into: number) =>
      deps.db.transaction((tx) =>
        mergeRecordings(tx, [{ from: id(from), into: id(into), basis: 'title_artists_duration', confidence: 0.8 }], deps.now()),
      ),
    undo: (from: number) => undoMerge(newDeps, SYSTEM, { recordingId: id(from) }),
    place: (recording: number, day: string) =>
      query(sql`insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days)
        select id, ${recording}, 'network', ${day}::date, ${day}::date, 20 from playlists where global_index = 1`),
    export: async () => {
      const lines: string[] = [];
      for await (const line of exportLedger(signing, SYSTEM, { from: '2026-10-01', to: TODAY })) lines.push(line);
      return lines.join('');
    },
    certificates: () => Promise.all([1, 2, 3].map(async (index) => certificateText(await issueCertificate(signing, { index, day: TODAY })))),
    /** Placements that begin inside the window of another one of the same recording, merges counted, since a day. */
    repeatsSince: async (day: string) =>
      query(sql`with p as (select p.id, p.rest_scope, p.first_day, p.rest, coalesce(r.merged_into, r.id) as counts_as from placements p join recordings r on r.id = p.recording_id)
        select a.counts_as from p a join p b on a.counts_as = b.counts_as and a.rest_scope = b.rest_scope and a.id <> b.id and b.first_day <= a.first_day and b.rest @> a.first_day
        where a.first_day >= ${day}::date`),
    [Symbol.asyncDispose]: () => deps.close(),
  };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('recordings merged after they were placed', () => {
  test('certificates issued before stay true, byte for byte, and so does the whole ledger', { timeout: 240_000 }, async () => {
    await using network = await openNetwork();
    const [issued, ledger] = [await network.certificates(), await network.export()];
    const [first, second, tide] = await Promise.all([1, 2, 3].map((index) => network.listed(index, TODAY)));
    // Two lists of today, two entries of one list, the pin, and one that was never placed.
    for (const [one, other] of [
      [first?.[0]?.id, second?.[0]?.id],
      [first?.[1]?.id, first?.[2]?.id],
      [tide?.[0]?.id, first?.[3]?.id],
      [1_499, tide?.[5]?.id],
    ] as const)
      expect(await network.merge(Math.max(one ?? 0, other ?? 0), Math.min(one ?? 0, other ?? 0))).toBe(1);
    expect(await network.export()).toBe(ledger);
    expect(await network.certificates()).toEqual(issued);
    for (const certificate of issued) {
      const result = await verifyCertificate(certificate, bytesOf(await network.export()), [createTestSigner(Buffer.alloc(32, 8)).key]);
      expect(result.outcome, result.says.join('\n')).toBe('proved');
    }
  });

  test('new placements respect the windows of both, also against the database itself', { timeout: 240_000 }, async () => {
    await using network = await openNetwork();
    const [first, second, tide] = await Promise.all([1, 2, 3].map((index) => network.listed(index, TODAY)));
    const pairs = [0, 1, 2].map((at) => [first?.[at]?.id ?? 0, second?.[at]?.id ?? 0].toSorted((a, b) => a - b));
    // A running stay of one list is also in another list of the day.
    pairs.push([tide?.[3]?.id ?? 0, first?.[9]?.id ?? 0].toSorted((a, b) => a - b));
    for (const [into = 0, from = 0] of pairs) await network.merge(from, into);
    const [into = 0, from = 0] = pairs[0] ?? [];
    const refused = { cause: { constraint: 'placements_no_repeat' } };
    await expect(network.place(into, addDays(TODAY, 3))).rejects.toMatchObject(refused);
    await expect(network.place(from, addDays(TODAY, 300))).rejects.toMatchObject(refused);
    await expect(network.place(into, addDays(TODAY, -10))).rejects.toMatchObject(refused);
    expect(await network.place(into, addDays(TODAY, 300))).toEqual([]);
    for (let next = 1; next <= 3; next += 1) expect((await network.curate(addDays(TODAY, next))).outcome).toContain('3 playlists have their lists');
    expect(await network.repeatsSince(addDays(TODAY, 1))).toEqual([]);
  });

  test(
    'a running stay goes on under its own id and with its own track; the same recording twice in a list goes on once',
    { timeout: 240_000 },
    async () => {
      await using network = await openNetwork();
      const before = await network.listed(3, TODAY);
      const staying = new Set((await network.curate(addDays(TODAY, 1)), await network.listed(3, addDays(TODAY, 1))).map((entry) => entry.placement));
      const running = before.filter((entry) => staying.has(entry.placement)).map((entry) => entry.id);
      const fresh = await network.query<{ id: number }>(
        sql`select id from recordings where id not in (select recording_id from placements) order by id limit 1`,
      );
      const [pin, one = 0, other = 0] = running;
      expect(pin).toBe(7);
      // The stay becomes another recording that was never placed; two of the list become one.
      const unplaced = Math.min(fresh[0]?.id ?? 0, one - 1);
      await network.query(sql`delete from recording_merges`);
      await network.merge(Math.max(one, unplaced), Math.min(one, unplaced));
      await network.merge(Math.max(pin ?? 0, other), Math.min(pin ?? 0, other));
      const tomorrow = addDays(TODAY, 2);
      expect((await network.curate(tomorrow)).outcome).toContain('3 playlists have their lists');
      const after = await network.listed(3, tomorrow);
      const trackOf = new Map(before.map((entry) => [entry.placement, entry.track]));
      for (const entry of after) if (trackOf.has(entry.placement)) expect(entry.track).toBe(trackOf.get(entry.placement));
      expect(after).toHaveLength(12);
      expect(after[0]?.id).toBe(7);
      expect(after.map((entry) => entry.id)).not.toContain(other);
      expect(await network.repeatsSince(tomorrow)).toEqual([]);
    },
  );

  test('show how often both were placed within one window, and can be separated again for good', { timeout: 240_000 }, async () => {
    await using network = await openNetwork();
    const [first, second] = await Promise.all([1, 2].map((index) => network.listed(index, TODAY)));
    const [into = 0, from = 0] = [first?.[0]?.id ?? 0, second?.[0]?.id ?? 0].toSorted((a, b) => a - b);
    const contents = () =>
      network.query(sql`select id, merged_into, first_released_on::text as released, twin_track_id,
        (select array_agg(t.id order by t.id) from tracks t where t.recording_id = r.id) as tracks,
        (select array_agg(concat(kind, source, tag) order by kind, source, tag) from track_tags t where t.recording_id = r.id) as tags,
        (select energy from track_features f where f.recording_id = r.id) as energy
        from recordings r where id in (${into}, ${from}, 1497, 1498) order by id`);
    await network.query(sql`delete from track_features where recording_id = ${into}`);
    await network.query(sql`insert into track_tags (recording_id, kind, tag, source, fetched_at) values (${from}, 'mood', 'calm', 'lastfm', now())`);
    await network.query(sql`update recordings r set first_released_on = a.released_on from albums a where a.id = r.album_id`);
    await network.query(sql`insert into album_track_map select album_id, track_id, 1, 1 from recordings on conflict do nothing`);
    const before = await contents();
    await network.merge(from, into);
    expect(await viewMerges(network.deps, SYSTEM, { confidenceMax: 1, limit: 10 })).toMatchObject([
      { from, into, sharedWindows: 1, confidence: expect.closeTo(0.8, 5) as number },
    ]);
    // Another one into the merged one's new recording, and a second step on top.
    await network.merge(1498, into);
    expect(await contents()).not.toEqual(before);
    expect(await network.undo(from)).toEqual({ recordingId: from, from: into });
    expect(await network.undo(1498)).toEqual({ recordingId: 1498, from: into });
    expect(await contents()).toEqual(before);
    expect(await network.merge(from, into)).toBe(0);
    expect(await network.merge(into, from)).toBe(0);
    await expect(network.undo(from)).rejects.toMatchObject({ code: 'conflict' });
    await expect(network.undo(3)).rejects.toMatchObject({ code: 'not_found' });
    expect((await network.curate(addDays(TODAY, 1))).outcome).toContain('3 playlists have their lists');
  });

  test('that were merged in two steps are separated in any order', { timeout: 240_000 }, async () => {
    await using network = await openNetwork();
    const tracks = () =>
      network.query<{ id: number; n: number }>(
        sql`select r.id, count(t.id)::int as n, r.merged_into as into from recordings r left join tracks t on t.recording_id = r.id where r.id in (100, 200, 300) group by r.id order by 1`,
      );
    const before = await tracks();
    for (const order of [
      [300, 200],
      [200, 300],
    ]) {
      await network.merge(300, 200);
      await network.merge(200, 100);
      expect(await tracks()).toMatchObject([
        { id: 100, n: 3 },
        { id: 200, n: 0, into: 100 },
        { id: 300, n: 0, into: 100 },
      ]);
      for (const from of order) await network.undo(from);
      expect(await tracks()).toEqual(before);
      await network.query(sql`delete from recording_merges`);
    }
  });
});
