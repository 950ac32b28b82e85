import { playlistMarks } from '#drizzle/schema/index.ts';
import { SYSTEM } from '#server/actor.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import type { PolicyV1Input } from '#shared/contracts/policies/policy.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { insertAppliedRollback } from '#tests/support/network/applied-rollback.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

const DAY = '2026-11-21';
const BEFORE = addDays(DAY, -1);
const never = new AbortController().signal;
const energetic = { field: 'energy', op: 'gte', value: 0.5 } as const;

/** Playlists by number: 1 basic, 2 with a mix and turnover, 3 lower priority than the second, 4 of one genre only, 5 and 6 with a shared repeat window. */
const LISTS: readonly (readonly [string, PolicyV1Input])[] = [
  ['Plain', { version: 1, pool: { all: [energetic] }, size: 20, rest: { days: 5, scope: 'playlist' }, bans: { recordings: [{ recordingId: 11 }] } }],
  [
    'Mixed',
    {
      version: 1,
      pool: { all: [] },
      size: 10,
      turnover: 0.4,
      rest: { days: 3, scope: 'playlist' },
      mix: [
        { name: 'Loud', rule: energetic, share: 50 },
        { name: 'One', rule: { field: 'genre', op: 'has', value: 'genre 1' }, share: 50 },
      ],
      pins: [{ recording: { recordingId: 30 }, position: 1 }],
      exclusivity: { group: 'house' },
    },
  ],
  ['Yielding', { version: 1, pool: { all: [energetic] }, size: 10, rest: { days: 0, scope: 'playlist' }, exclusivity: { yieldsTo: ['house'] } }],
  ['Genre', { version: 1, pool: { field: 'genre', op: 'has', value: 'genre 2' }, size: 5, rest: { days: 9, scope: 'playlist' }, variety: 1 }],
  [
    'North',
    { version: 1, pool: energetic, size: 10, rest: { days: 4, scope: 'network' }, separation: { artist: 3 }, caps: { perArtist: 1, perAlbum: 1 } },
  ],
  ['South', { version: 1, pool: energetic, size: 10, rest: { days: 4, scope: 'network' } }],
];

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ at: `${DAY}T05:00:00Z` });
  await fillLargeNetwork(app.databaseUrl, { recordings: 1_500, playlists: 0, policies: 0, historyDays: 0, today: DAY });
  for (const [name, body] of LISTS) {
    const { id } = await createPolicy({ ...app.deps, provePolicy }, SYSTEM, { name, body });
    await createPlaylists(app.deps, SYSTEM, { themeTag: name, policyId: id, count: 1 });
  }
  const [list] = await rows<{ id: string }>(sql`select id from playlists where global_index = 4`);
  const mark = { playlistId: list?.id as never, position: null, sinceDay: BEFORE, createdBy: 'test', createdAt: new Date() };
  // Recordings of genre 2 are those whose number modulo 24 is 2.
  await app.deps.db.insert(playlistMarks).values([
    { ...mark, recordingId: 26 as never, kind: 'ban', source: 'hand' },
    { ...mark, recordingId: 50 as never, kind: 'pin', source: 'admin' },
  ]);
  for (const day of [BEFORE, DAY]) await curatePlaylists(app.deps, { day, trigger: 'test', signal: never });
}, 300_000);

afterAll(() => app[Symbol.asyncDispose]());

async function rows<R extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<R[]> {
  return (await app.deps.db.execute(query)).rows as unknown as R[];
}

const whyNot = (index: number, recordingId: number, day = DAY) => app.as({ kind: 'anonymous' }).playlists.whyNot({ index, day, recordingId });
const inList = (index: number, day: string) => sql`select h.recording_id from playlist_entries_history h join playlists l on l.id = h.playlist_id
  where l.global_index = ${index} and h.batch_tag = ${day}::date`;

describe('why this track, and why not that one', () => {
  test('a track in the list: where, why, by which rules, and when it was last played', async () => {
    const [entry] = await rows<{
      id: number;
      position: number;
    }>(sql`select recording_id as id, position from playlist_entries_history h join playlists l on l.id = h.playlist_id
      where l.global_index = 1 and h.batch_tag = ${DAY}::date and position = 3`);
    const view = await whyNot(1, entry?.id ?? 0);
    expect(view.answer).toMatch(/^In “Plain” that day, at position 3\. \S/);
    expect(view.steps.every((step) => step.holds === true)).toBe(true);
    expect(view.steps.map((step) => step.rule)).toEqual([
      'Energy at least 0.50',
      'Repeat window: 5 days',
      'Score is high enough',
      'Artist separation: at least 3 tracks',
    ]);
    expect(view.steps[2]?.detail).toMatch(/^Ranked [\d,]+(?:st|nd|rd|th) of [\d,]+ before the artist and album limits/);
  });

  test('a rule that does not match is named with what is known of the track', async () => {
    const [quiet] = await rows<{ id: number }>(sql`select recording_id as id from track_features where energy < 0.4 limit 1`);
    expect((await whyNot(1, quiet?.id ?? 0)).answer).toMatch(/^Not in “Plain”: Energy is 0\.\d+\.$/);
  });

  test('a track in its repeat window: the list that played it, and when it can play again', async () => {
    const [was] = await rows<{ id: number }>(sql`select recording_id as id from (${inList(1, BEFORE)}) b limit 1`);
    expect((await whyNot(1, was?.id ?? 0)).answer).toBe(
      `Not in “Plain”: It was in “Plain” on ${BEFORE} and can play again on ${addDays(BEFORE, 5)}.`,
    );
  });

  test('bans: by the policy, and manually for one playlist', async () => {
    expect((await whyNot(1, 11)).answer).toBe('Not in “Plain”: The policy bans this recording.');
    expect((await whyNot(4, 26)).answer).toBe(`Not in “Genre”: Banned from this playlist since ${BEFORE}, because it was removed on Spotify.`);
    expect((await whyNot(1, 26)).answer).not.toContain('Spotify');
  });

  test('pins: by the policy and for one playlist, and how long they last', async () => {
    const ruled = await whyNot(2, 30);
    expect(ruled.answer).toBe(`In “Mixed” that day, at position 1. Pinned by the policy; in the list since ${BEFORE}.`);
    expect(ruled.steps.find((step) => step.rule === 'Pinned by the policy')).toMatchObject({ holds: true });
    const marked = await whyNot(4, 50);
    expect(marked.answer).toContain('Pinned to this playlist');
    expect(marked.steps[0]).toEqual({ rule: 'Pinned to this playlist', holds: true, detail: `Pinned to this playlist since ${BEFORE}.` });
  });

  test('the mix: which part a track fills, and that no other part takes it', async () => {
    const [entry] = await rows<{
      id: number;
      block: string;
    }>(sql`select recording_id as id, reasons->>'block' as block from playlist_entries_history h
      join playlists l on l.id = h.playlist_id where l.global_index = 2 and h.batch_tag = ${DAY}::date and reasons ? 'block' limit 1`);
    const inListAnswer = await whyNot(2, entry?.id ?? 0);
    expect(inListAnswer.steps.find((step) => step.rule.startsWith('Fits a block of the mix'))?.detail).toBe(`It fills the block “${entry?.block}”.`);
    const [neither] = await rows<{ id: number }>(
      sql`select recording_id as id from track_features where energy < 0.4 and recording_id % 24 <> 1 limit 1`,
    );
    expect((await whyNot(2, neither?.id ?? 0)).answer).toContain('No block of the mix admits it: “Loud” requires energy at least 0.50');
  });

  test('turnover: staying is distinguished from returning, and so is leaving', async () => {
    const [stays] = await rows<{ id: number }>(sql`select recording_id as id from playlist_entries_history h join playlists l on l.id = h.playlist_id
      where l.global_index = 2 and h.batch_tag = ${DAY}::date and reasons ? 'staysSince' and not reasons ? 'pinnedBy' limit 1`);
    const staying = await whyNot(2, stays?.id ?? 0);
    expect(staying.steps.find((step) => step.rule === '40% of the list changes every day')?.detail).toBe(
      `In the list since ${BEFORE}. Staying is not a repeat.`,
    );
    const [left] = await rows<{ id: number }>(
      sql`select recording_id as id from (${inList(2, BEFORE)}) b where recording_id not in (${inList(2, DAY)}) limit 1`,
    );
    expect((await whyNot(2, left?.id ?? 0)).answer).toContain('left that day to meet the daily turnover');
  });

  test('exclusivity: which playlist of the group showed it', async () => {
    const [shown] = await rows<{ id: number }>(
      sql`select b.recording_id as id from (${inList(2, DAY)}) b join track_features f on f.recording_id = b.recording_id and f.energy >= 0.5 limit 1`,
    );
    expect((await whyNot(3, shown?.id ?? 0)).answer).toBe('Not in “Yielding”: “Mixed” of the group house had it that day.');
  });

  test('a track that merely scored less is compared with the lowest one chosen', async () => {
    const candidates = await rows<{
      id: number;
    }>(sql`select id from recordings where id % 24 = 2 and id not in (26, 50) and id not in (${inList(4, DAY)}) and id not in (${inList(4, BEFORE)})
      and album_id not in (select r.album_id from recordings r where r.id in (${inList(4, DAY)})) limit 5`);
    const answers = await Promise.all(candidates.map(({ id }) => whyNot(4, id)));
    expect(answers.map((view) => view.answer).join('\n')).toMatch(
      /It scored 0\.\d{3}; the lowest new entry scored 0\.\d{3}\.|scored higher that day/,
    );
  });

  test('is explained by the policy of that day, even if the policy has changed since', async () => {
    const [family] = (await app.admin.playlistAdmin.policies.families()).filter((one) => one.name === 'Genre');
    const body = { ...family?.versions[0]?.body, pool: { field: 'genre', op: 'has', value: 'genre 3' } };
    const { id } = await createPolicy({ ...app.deps, provePolicy }, SYSTEM, { name: 'Genre', body, familyId: family?.familyId });
    await app.deps.db.execute(sql`update playlists set policy_id = ${id}::uuid where global_index = 4`);
    expect((await whyNot(4, 3)).answer).toBe('Not in “Genre”: Genre is genre 3.');
    expect((await whyNot(4, 3, addDays(DAY, 1))).answer).toBe('There is no list for that day. The rules admit this recording.');
  });

  test('a day without a list is explained by the policy of the list before it; a future day, by today’s policy', async () => {
    app.clock.set(`${addDays(DAY, 3)}T05:00:00Z`);
    expect((await whyNot(4, 3, addDays(DAY, 1))).answer).toBe('Not in “Genre”: Genre is genre 3.');
    expect((await whyNot(4, 3, addDays(DAY, 3))).answer).toBe('There is no list for that day. The rules admit this recording.');
    app.clock.set(`${DAY}T05:00:00Z`);
  });

  test('a day before the playlist existed says so', async () => {
    expect((await whyNot(1, 7, addDays(BEFORE, -4))).answer).toBe(`“Plain” had no list yet. Its first list is from ${BEFORE}.`);
  });

  test('later data is no reason for an earlier list: later placements, later values, later imports', async () => {
    const [next] = await rows<{ id: number }>(
      sql`select recording_id as id from (${inList(1, DAY)}) d where recording_id not in (${inList(1, BEFORE)}) limit 1`,
    );
    const before = await whyNot(1, next?.id ?? 0, BEFORE);
    expect(JSON.stringify(before)).not.toContain(DAY);
    expect(before.steps.find((step) => step.rule === 'Repeat window: 5 days')?.holds).toBe(true);

    const [free] = await rows<{ id: number }>(sql`select f.recording_id as id from track_features f join recordings r on r.id = f.recording_id
      where f.energy > 0.6 and f.recording_id not in (select recording_id from placements) order by 1 limit 1`);
    const id = free?.id ?? 0;
    await app.deps.db.execute(sql`update track_features set fetched_at = ${`${addDays(DAY, 2)}T01:00:00Z`}::timestamptz where recording_id = ${id}`);
    const unknown = await whyNot(1, id);
    expect(unknown.answer).toMatch(
      new RegExp(`^Not in “Plain”: Energy is unknown; the rule leaves out unknown values\\. Learned on ${addDays(DAY, 2)}: Energy is 0\\.\\d+\\.$`),
    );
    await app.deps.db.execute(sql`update recordings set ingested_on = ${addDays(DAY, 1)}::date where id = ${id}`);
    expect((await whyNot(1, id)).answer).toBe(`Not in “Plain”: It was imported on ${addDays(DAY, 1)}.`);
  });

  test('a missing value is reported as unknown, not as false', async () => {
    const [unknownTrack] = await rows<{ id: number }>(sql`select id from recordings r where not exists
      (select 1 from track_features f where f.recording_id = r.id and f.energy is not null) limit 1`);
    const view = await whyNot(1, unknownTrack?.id ?? 0);
    expect(view.answer).toBe('Not in “Plain”: Energy is unknown; the rule leaves out unknown values.');
    expect(view.steps[0]).toMatchObject({ rule: 'Energy at least 0.50', holds: null });
  });

  test('for a track that another playlist with the same repeat window took that day, names that playlist and when the track can play again', async () => {
    const [taken] = await rows<{ id: number }>(sql`select recording_id as id from (${inList(5, DAY)}) t limit 1`);
    expect((await whyNot(6, taken?.id ?? 0)).answer).toBe(
      `Not in “South”: It was placed in “North” that day and can play again on ${addDays(DAY, 4)}.`,
    );
  });

  test('an artist at the artist limit, and the artist separation', async () => {
    const [capped] = await rows<{ id: number }>(sql`select r.id from recordings r join track_features f on f.recording_id = r.id and f.energy >= 0.5
      join track_artists ta on ta.track_id = r.track_id where ta.artist_id in (select a.artist_id from (${inList(5, DAY)}) l
        join recordings lr on lr.id = l.recording_id join track_artists a on a.track_id = lr.track_id)
      and r.id not in (select recording_id from placements) limit 1`);
    expect((await whyNot(5, capped?.id ?? 0)).steps.at(-1)).toMatchObject({ rule: 'At most 1 track per artist', holds: false });
    const [entry] = await rows<{ id: number }>(sql`select recording_id as id from (${inList(5, DAY)}) t limit 1`);
    expect((await whyNot(5, entry?.id ?? 0)).steps.at(-1)).toEqual({
      rule: 'Artist separation: at least 3 tracks',
      holds: true,
      detail: 'No other track in the list is by its artists.',
    });
  });

  test('a day that was rolled back says which list was shown instead, and whether the track was in it', async () => {
    await insertAppliedRollback(app.deps.db, { index: 6, day: DAY, shows: BEFORE });
    const [was] = await rows<{ id: number }>(sql`select recording_id as id from (${inList(6, BEFORE)}) t limit 1`);
    const [own] = await rows<{ id: number }>(sql`select recording_id as id from (${inList(6, DAY)}) t limit 1`);
    expect((await whyNot(6, was?.id ?? 0)).answer).toMatch(
      `The day was rolled back: the list of ${BEFORE} was shown instead, and it contains this recording.`,
    );
    expect((await whyNot(6, own?.id ?? 0)).answer).toMatch(/^In “South” that day, at position .* was shown instead, without this recording\.$/);
  });

  test('a merged recording answers as the recording it became; one that never existed is not found', async () => {
    const [entry] = await rows<{ id: number }>(sql`select recording_id as id from playlist_entries_history h join playlists l on l.id = h.playlist_id
      where l.global_index = 1 and h.batch_tag = ${DAY}::date and position = 5`);
    await app.deps.db.execute(sql`update recordings set merged_into = ${entry?.id ?? 0} where id = 1499`);
    expect((await whyNot(1, 1_499)).answer).toContain('at position 5');
    await expect(whyNot(1, 999_999)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

const find = (query: string) => app.as({ kind: 'anonymous' }).playlists.findRecordings({ query });

describe('finding a recording', () => {
  test('matches parts of titles and artists, and the beginning of words for short queries', async () => {
    expect((await find('itle 123'))[0]?.title).toMatch(/^Title 123/);
    const [by] = await find('artist 1');
    expect(by?.artists.join()).toContain('Artist 1');
    expect(await find('Ti')).toHaveLength(20);
    expect(await find('%')).toEqual([]);
  });
});
