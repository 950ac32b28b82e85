import { SYSTEM } from '#server/actor.ts';
import { listImportLines } from '#server/use-cases/catalog/import/list-import-lines.ts';
import { retryImportLines } from '#server/use-cases/catalog/import/retry-import-lines.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { normalizeTitle } from '#shared/domain/catalog/normalize-title.ts';
import { splitImport } from '#shared/domain/catalog/split-import.ts';
import { parseSpotifyLink } from '#shared/domain/catalog/spotify-link.ts';
import { findMarker } from '#shared/domain/sync/replica-marker.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/support/database.ts';

const link = (n: number) => `https://open.spotify.com/album/${String(n).padStart(22, '0')}`;

async function openImport() {
  const database = await openTestDatabase();
  const deps = { db: database.db, now: () => new Date('2026-11-21T03:00:00Z'), newId: randomUUID };
  return { ...database, deps, submit: (text: string) => submitImport(deps, SYSTEM, { text }) };
}

describe('several links on one line', () => {
  test.for<readonly [what: string, text: string, statuses: readonly string[]]>([
    ['two albums', `${link(1)} ${link(2)}`, ['queued', 'queued']],
    ['one album twice', `${link(1)}, ${link(1)}`, ['queued', 'duplicate']],
    ['a table of three', `A\t${link(1)}\t${link(2)}\t${link(3)}\t1999`, ['queued', 'queued', 'queued']],
    ['an album and a track', `${link(1)};https://open.spotify.com/track/${'a'.repeat(22)}`, ['queued', 'failed']],
    ['two albums, and both again on the next line', `${link(1)} ${link(2)}\n${link(2)} ${link(1)}`, ['queued', 'queued', 'duplicate', 'duplicate']],
    ['two albums between lines of one', `${link(3)}\n${link(1)} ${link(2)}\n${link(4)}`, ['queued', 'queued', 'queued', 'queued']],
  ])('are all imported, each once: %s', async ([, text, statuses]) => {
    await using app = await openImport();
    const receipt = await app.submit(text);
    expect(receipt.lines.map(({ status }) => status)).toEqual(statuses);
    const again = await app.submit(text);
    const expected = statuses.map((status) => (status === 'failed' ? 'failed' : 'duplicate'));
    expect(again.lines.map(({ status }) => status).toSorted()).toEqual(expected.toSorted());
  });
});

describe('reading failed lines again', () => {
  test('finds the retryable ones behind any number of others, of one import or of all', async () => {
    await using app = await openImport();
    const first = await app.submit([link(1), link(2), ...Array.from({ length: 600 }, (_, n) => `nonsense ${n}`)].join('\n'));
    await app.submit([link(3), ...Array.from({ length: 600 }, (_, n) => `more nonsense ${n}`)].join('\n'));
    await app.db.execute(sql`update album_sources set status = 'failed', failure = 'album_incomplete', attempts = 5 where status = 'queued'`);
    const list = (intakeId?: string) => listImportLines(app.deps, SYSTEM, { intakeId, retryable: true, cursor: 0, limit: 1 });
    expect([(await list(first.intakeId)).total, (await list()).total]).toEqual([2, 3]);
    expect((await list()).items).toMatchObject([{ status: 'failed', failure: 'album_incomplete' }]);
    expect(await retryImportLines(app.deps, SYSTEM, { intakeId: first.intakeId })).toEqual({ queued: 2 });
    expect(await retryImportLines(app.deps, SYSTEM, {})).toEqual({ queued: 1 });
    expect((await list()).total).toBe(0);
    const queued = await app.db.execute<{ attempts: number }>(sql`select distinct attempts from album_sources where status = 'queued'`);
    expect(queued.rows).toEqual([{ attempts: 0 }]);
  });
});

describe('text of a million odd characters is read in linear time', () => {
  const MANY = 1_000_000;
  test('by the import: quotes, brackets and blanks', () => {
    for (const odd of ['"', "'", '>', '<', '"\'>', '(', '\u00a0', 'spotify:']) {
      const { lines } = splitImport(`x${odd.repeat(MANY / odd.length)}x`);
      expect(lines.length).toBeGreaterThan(0);
    }
    expect(splitImport(`"'<${'"'.repeat(MANY)}${link(1)}${'>'.repeat(MANY)}`).lines).toEqual([{ lineNumber: 1, given: link(1) }]);
  });

  test('by the reading of links, titles and markers', () => {
    for (const odd of ['(', ' - ', ' feat ', '[a', '/', ' ', 'segue:0']) {
      const text = odd.repeat(MANY / odd.length);
      expect(parseSpotifyLink(text)).toMatchObject({ kind: 'refused' });
      expect(normalizeTitle(text).length).toBeLessThanOrEqual(1_000);
      expect(findMarker(text)).toBeNull();
    }
  });
});
