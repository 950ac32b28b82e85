import { SYSTEM } from '#server/actor.ts';
import { claimSources, markSourcesFailed } from '#server/repos/catalog/album-sources.ts';
import { listImportLines } from '#server/use-cases/catalog/import/list-import-lines.ts';
import { retryImportLines } from '#server/use-cases/catalog/import/retry-import-lines.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { IMPORT_LINES_MAX } from '#shared/domain/catalog/split-import.ts';
import { AppError } from '#shared/errors.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/support/database.ts';

const ID = (n: number) => String(n).padStart(22, '0');
const link = (n: number) => `https://open.spotify.com/album/${ID(n)}`;

async function openImport() {
  const database = await openTestDatabase();
  const deps = { db: database.db, now: () => new Date('2026-11-21T03:00:00Z'), newId: randomUUID };
  const submit = (text: string) => submitImport(deps, SYSTEM, { text });
  const jobs = async () =>
    (await database.db.execute<{ task: string }>(sql`select task_identifier as task from graphile_worker.jobs`)).rows.map((row) => row.task);
  const stored = async () => (await database.db.execute<{ n: number }>(sql`select count(*)::int as n from album_sources`)).rows[0]?.n;
  return { ...database, deps, submit, jobs, stored };
}

async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error('Nothing was refused.', { cause: error });
  return error;
}

describe('an import', () => {
  test('answers every line at once: queued, repeated, or refused with its remedy', async () => {
    await using app = await openImport();
    const receipt = await app.submit(
      [
        link(1),
        '',
        `spotify:album:${ID(2)}`,
        `${link(1)}?si=abc`,
        `https://open.spotify.com/track/${ID(3)}`,
        'https://example.com/album/x',
        `https://open.spotify.com/album/${ID(4)}5`,
        'hello there',
      ].join('\n'),
    );
    expect(receipt).toMatchObject({ queued: 2, duplicates: 1, failed: 4, blankLines: 1 });
    expect(receipt.lines.map(({ lineNumber, status, failure }) => ({ lineNumber, status, failure }))).toEqual([
      { lineNumber: 1, status: 'queued', failure: null },
      { lineNumber: 3, status: 'queued', failure: null },
      { lineNumber: 4, status: 'duplicate', failure: null },
      { lineNumber: 5, status: 'failed', failure: 'wrong_kind' },
      { lineNumber: 6, status: 'failed', failure: 'wrong_host' },
      { lineNumber: 7, status: 'failed', failure: 'wrong_id_length' },
      { lineNumber: 8, status: 'failed', failure: 'not_a_link' },
    ]);
    expect(receipt.lines[2]?.duplicateOf).toMatchObject({ lineNumber: 1, intakeId: receipt.intakeId });
    for (const line of receipt.lines.filter((one) => one.status === 'failed')) expect(line.remedy, line.given).toMatch(/\w+/);
    expect(await app.jobs()).toEqual(['ingest-albums']);
  });

  test('accepts ten thousand lines at once and refuses ten thousand and one without storing any', async () => {
    await using app = await openImport();
    const many = Array.from({ length: IMPORT_LINES_MAX }, (_, n) => link(n));
    const error = await refusalOf(app.submit([...many, link(IMPORT_LINES_MAX)].join('\n')));
    expect(error).toMatchObject({ code: 'invalid_input', field: 'text' });
    expect(error.message).toContain('10,001');
    expect(await app.stored()).toBe(0);
    expect(await app.submit(many.join('\r\n'))).toMatchObject({ queued: IMPORT_LINES_MAX, duplicates: 0, failed: 0 });
  });

  test('refuses a paste of five megabytes and an empty one, naming the field and what to do', async () => {
    await using app = await openImport();
    expect(await refusalOf(app.submit('x'.repeat(5_000_001)))).toMatchObject({
      code: 'too_large',
      field: 'text',
      remedy: expect.stringContaining('Split'),
    });
    expect(await refusalOf(app.submit(' \n\n'))).toMatchObject({ code: 'invalid_input', field: 'text' });
    expect(await app.stored()).toBe(0);
    expect(await app.jobs()).toEqual([]);
  });

  test('by an anonymous visitor is refused with a request to sign in, and nothing is stored', async () => {
    await using app = await openImport();
    expect(await refusalOf(submitImport(app.deps, { kind: 'anonymous' }, { text: link(1) }))).toMatchObject({ code: 'unauthenticated' });
    expect(await app.stored()).toBe(0);
  });

  test('of an album that was imported before points to the first import, and queues it again only if it had failed', async () => {
    await using app = await openImport();
    const first = await app.submit([link(1), link(2)].join('\n'));
    const claimed = await claimSources(app.db, 10, app.deps.now());
    await markSourcesFailed(app.db, app.deps.now(), [{ id: claimed[1]?.id ?? 0, failure: 'album_gone' }]);
    const second = await app.submit([link(1), link(2), link(3)].join('\n'));
    expect(second.lines.map((line) => [line.status, line.duplicateOf?.intakeId ?? null])).toEqual([
      ['duplicate', first.intakeId],
      ['duplicate', first.intakeId],
      ['queued', null],
    ]);
    const again = await listImportLines(app.deps, SYSTEM, { intakeId: first.intakeId, cursor: 0, limit: 10 });
    expect(again.items.map((line) => line.status)).toEqual(['reading', 'queued']);
  });

  test('of one album, made twice at the same moment, agrees on which line was first', async () => {
    await using app = await openImport();
    const receipts = await Promise.all([1, 2, 3, 4].map(() => app.submit([link(7), link(8)].join('\n'))));
    expect(receipts.reduce((sum, receipt) => sum + receipt.queued, 0)).toBe(2);
    expect(receipts.reduce((sum, receipt) => sum + receipt.duplicates, 0)).toBe(6);
  });

  test('queues failed lines again on request, except those that never were an album', async () => {
    await using app = await openImport();
    const { lines } = await app.submit([link(1), 'nonsense'].join('\n'));
    const claimed = await claimSources(app.db, 10, app.deps.now());
    await markSourcesFailed(
      app.db,
      app.deps.now(),
      claimed.map(({ id }) => ({ id, failure: 'album_incomplete' as const })),
    );
    expect(await retryImportLines(app.deps, SYSTEM, { ids: lines.flatMap((line) => line.id ?? []) })).toEqual({ queued: 1 });
  });

  test('pages, counts and filters its lines by status', async () => {
    await using app = await openImport();
    await app.submit([link(1), link(2), link(3), 'nonsense'].join('\n'));
    const page = await listImportLines(app.deps, SYSTEM, { status: 'queued', cursor: 0, limit: 2 });
    expect(page).toMatchObject({ total: 3, nextCursor: 2 });
    expect((await listImportLines(app.deps, SYSTEM, { status: 'queued', cursor: 2, limit: 2 })).items).toHaveLength(1);
  });
});
