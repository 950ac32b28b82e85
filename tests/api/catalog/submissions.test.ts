import { SYSTEM } from '#server/actor.ts';
import { users } from '#drizzle/schema/index.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { followSubmissions } from '#server/use-cases/catalog/submissions/follow-submissions.ts';
import { submissionId, userId } from '#shared/ids.ts';
import type { UserId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.admin.catalog.submissions.saveRules({ isOpen: true, needsApproval: true, perDayMax: 3 });
});

async function newListener(name = 'Ann'): Promise<UserId> {
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await app.deps.db.insert(users).values({ id, displayName: name, createdAt: at, lastSignedInAt: at });
  return id;
}
const submissionsOf = (id: UserId) => app.as({ kind: 'user', userId: id, isAdmin: false }).catalog.submissions;
let nextAlbum = 0;
/** A link to an album that nobody has named yet. */
function newLink(): string {
  nextAlbum += 1;
  return `https://open.spotify.com/album/${app.sandbox.catalog.albumIdAt(nextAlbum)}?si=x`;
}
const parse = (id: string) => submissionId.parse(id);

test('an album waits for the operator, is imported once approved, and is told from step to step', async () => {
  const ann = submissionsOf(await newListener());
  const submitted = await ann.submit({ link: newLink() });
  expect([submitted.status, submitted.isDuplicate, submitted.albumName]).toEqual(['waiting', false, null]);
  const waiting = await app.admin.catalog.submissions.list({ status: 'waiting' });
  expect(waiting.items.map(({ id, by }) => [id, by])).toEqual([[submitted.id, 'Ann']]);
  expect(await app.admin.catalog.submissions.approve({ ids: [parse(submitted.id)] })).toEqual({ approved: 1 });
  expect((await ann.mine()).submissions[0]?.status).toBe('queued');
  await app.runJobs();
  const { submissions, remainingToday } = await ann.mine();
  expect(submissions[0]).toMatchObject({ status: 'imported', says: 'Imported.' });
  expect(submissions[0]?.albumName).not.toBeNull();
  expect(remainingToday).toBe(2);
  expect(await app.admin.catalog.submissions.approve({ ids: [parse(submitted.id)] })).toEqual({ approved: 0 });
});

test('without approval an album is queued at once', async () => {
  await app.admin.catalog.submissions.saveRules({ isOpen: true, needsApproval: false, perDayMax: 3 });
  const ann = submissionsOf(await newListener());
  const submitted = await ann.submit({ link: newLink() });
  expect(submitted.status).toBe('queued');
  await app.runJobs();
  expect((await ann.mine()).submissions[0]?.status).toBe('imported');
});

test('the status is followed live, by the person alone', async () => {
  const [annId, benId] = [await newListener(), await newListener('Ben')];
  const ann = submissionsOf(annId);
  const stop = new AbortController();
  const live = followSubmissions(app.deps, { actor: { kind: 'user', userId: annId, isAdmin: false } }, stop.signal);
  const first = live.next();
  const submitted = await ann.submit({ link: newLink() });
  const seen = [(await first).value];
  await submissionsOf(benId).submit({ link: newLink() });
  await app.admin.catalog.submissions.approve({ ids: [parse(submitted.id)] });
  await app.runJobs();
  while (seen.at(-1)?.status !== 'imported') seen.push((await live.next()).value);
  stop.abort();
  await live.return(undefined);
  expect(new Set(seen.map((submission) => submission?.id))).toEqual(new Set([submitted.id]));
  expect(seen.map((submission) => submission?.status)).toContain('waiting');
});

test('a duplicate is told and does not count: own, somebody else’s, and what is in the catalog', async () => {
  const [ann, ben] = [submissionsOf(await newListener()), submissionsOf(await newListener('Ben'))];
  const link = newLink();
  const [first, again, others] = [await ann.submit({ link }), await ann.submit({ link: link.replace('?si=x', '') }), await ben.submit({ link })];
  expect([again.id, again.isDuplicate]).toEqual([first.id, true]);
  expect([others.status, others.isDuplicate, others.says]).toEqual(['waiting', true, expect.stringContaining('Somebody submitted')]);
  expect([(await ann.mine()).remainingToday, (await ben.mine()).remainingToday]).toEqual([2, 3]);
  await app.admin.catalog.submissions.approve({ ids: [parse(first.id)] });
  await app.runJobs();
  expect((await ben.mine()).submissions[0]?.status).toBe('imported');
  const known = newLink();
  await submitImport(app.deps, SYSTEM, { text: known });
  await app.runJobs();
  expect(await ann.submit({ link: known })).toMatchObject({ status: 'imported', isDuplicate: true, says: 'This album is in the catalog already.' });
  const lines = await app.deps.db.execute<{ n: number }>(
    sql`select count(*)::int as n from album_sources where status <> 'duplicate' group by album_id having count(*) > 1`,
  );
  expect(lines.rows).toEqual([]);
});

test('the cap holds per person and day, also for requests at the same moment, and ends at midnight', async () => {
  const ann = submissionsOf(await newListener());
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => ann.submit({ link: newLink() })));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  await expect(ann.submit({ link: newLink() })).rejects.toMatchObject({
    cause: { code: 'quota_exceeded', message: expect.stringContaining('3 albums today') },
  });
  expect((await submissionsOf(await newListener('Ben')).mine()).remainingToday).toBe(3);
  app.clock.advance(24 * 3_600_000);
  expect((await ann.submit({ link: newLink() })).status).toBe('waiting');
});

test('bad links are named, and nothing is stored', async () => {
  const ann = submissionsOf(await newListener());
  const links = [
    'hello',
    'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC',
    'https://example.com/album/4uLU6hMCjMI75M1A2tKUQC',
    'spotify:album:short',
  ];
  for (const link of links)
    await expect(ann.submit({ link })).rejects.toMatchObject({ cause: { code: 'invalid_input', field: 'link', remedy: expect.any(String) } });
  await expect(ann.submit({ link: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect((await ann.mine()).submissions).toEqual([]);
});

test('a refusal has a reason that the listener reads, and a listener takes back only what waits and is theirs', async () => {
  const [ann, ben] = [submissionsOf(await newListener()), submissionsOf(await newListener('Ben'))];
  const [refused, withdrawn] = [await ann.submit({ link: newLink() }), await ann.submit({ link: newLink() })];
  await expect(app.admin.catalog.submissions.refuse({ ids: [parse(refused.id)], reason: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await app.admin.catalog.submissions.refuse({ ids: [parse(refused.id)], reason: 'Not our kind of music.' })).toEqual({ refused: 1 });
  await expect(ben.withdraw({ id: parse(withdrawn.id) })).rejects.toMatchObject({ cause: { code: 'not_found' } });
  await expect(ann.withdraw({ id: parse(refused.id) })).rejects.toMatchObject({ cause: { code: 'conflict' } });
  expect((await ann.withdraw({ id: parse(withdrawn.id) })).status).toBe('withdrawn');
  expect((await ann.mine()).submissions.find(({ id }) => id === refused.id)).toMatchObject({ status: 'refused', reason: 'Not our kind of music.' });
  const decided = await app.admin.catalog.submissions.list({ status: 'decided', limit: 200 });
  expect(decided.items.map(({ id }) => id)).toEqual(expect.arrayContaining([refused.id, withdrawn.id]));
});

test('while submissions are closed none is taken; strangers and listeners cannot decide', async () => {
  await app.admin.catalog.submissions.saveRules({ isOpen: false, needsApproval: true, perDayMax: 3 });
  const ann = submissionsOf(await newListener());
  await expect(ann.submit({ link: newLink() })).rejects.toMatchObject({ cause: { code: 'forbidden' } });
  expect(await ann.mine()).toMatchObject({ isOpen: false, remainingToday: 0 });
  await expect(app.as({ kind: 'anonymous' }).catalog.submissions.mine()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(ann.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const id = parse(randomUUID());
  await expect(ann.approve({ ids: [id] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('an album that Spotify no longer has fails with what to do, and may be submitted again', async () => {
  await app.admin.catalog.submissions.saveRules({ isOpen: true, needsApproval: false, perDayMax: 3 });
  const ann = submissionsOf(await newListener());
  const link = 'spotify:album:0000000000000000000000';
  await ann.submit({ link });
  await app.runJobs();
  const [failed] = (await ann.mine()).submissions;
  expect(failed?.status).toBe('failed');
  expect(failed?.says).toMatch(/\. .+\./);
  expect((await ann.submit({ link })).status).toBe('queued');
  expect((await ann.mine()).submissions).toHaveLength(1);
});
