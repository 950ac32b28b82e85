import { SYSTEM } from '#server/actor.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { enrichTracks } from '#server/use-cases/catalog/enrich/enrich-tracks.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { policyV1 } from '#shared/contracts/policies/policy.ts';
import { dayOf } from '#shared/domain/days.ts';
import { TRPCError } from '@trpc/server';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { callProcedure, listProcedures } from '#tests/support/procedures.ts';

const never = new AbortController().signal;
const INFINITY = Number.POSITIVE_INFINITY;

/** Requests sent there are never answered. */
const SILENCE_VENDOR = {
  spotify: (app: TestApp) => app.spotify.failNext({ cut: true, times: INFINITY }),
  reccobeats: (app: TestApp) => app.sandbox.reccobeats.failNext({ cut: true, times: INFINITY }),
  musicbrainz: (app: TestApp) => app.sandbox.musicbrainz.failNext({ cut: true, times: INFINITY }),
} as const;
type Vendor = keyof typeof SILENCE_VENDOR;
const VENDORS = Object.keys(SILENCE_VENDOR) as Vendor[];

async function importAlbums(app: TestApp, from: number, count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, n) => app.sandbox.catalog.albumIdAt(from + n));
  await submitImport(app.deps, SYSTEM, { text: ids.join('\n') });
  await ingestAlbums(app.deps, { signal: never });
}

/** An app with a catalog, one playlist and its list for today, where one vendor then stops answering. */
async function startWithSilentVendor(vendor: Vendor) {
  // A profile with batch reads, so that each vendor has data that no other has.
  const app = await startTestApp({ sandbox: { profile: 'dev-legacy' }, env: { SPOTIFY_PROFILE: 'dev-legacy' } });
  await importAlbums(app, 0, 16);
  const body = policyV1.parse({ version: 1, pool: { all: [] }, rest: { days: 0, scope: 'playlist' }, size: 10 });
  const { id } = await createPolicy({ ...app.deps, provePolicy }, SYSTEM, { name: 'Everything', body });
  await createPlaylists(app.deps, SYSTEM, { policyId: id, themeTag: 'Everything', count: 1 });
  await curatePlaylists(app.deps, { day: dayOf(app.deps.now()), trigger: 'test', signal: never });
  SILENCE_VENDOR[vendor](app);
  return app;
}

/** Queries that need an input; all others are called without one. */
const QUERY_INPUTS: Readonly<Record<string, object>> = {
  'playlists.playlist': { index: 1 },
  'playlists.findRecordings': { query: 'a' },
  'catalog.importLines': {},
  'catalog.search': { query: 'a' },
  'operations.jobs.list': {},
};
/** Error codes that a query without its subject may return. */
const EXPECTED_ERRORS = new Set(['BAD_REQUEST', 'NOT_FOUND', 'UNAUTHORIZED', 'FORBIDDEN', 'CONFLICT']);

async function callEveryQuery(app: TestApp): Promise<{ answered: string[]; broken: string[] }> {
  const answered: string[] = [];
  const broken: string[] = [];
  for (const { path } of listProcedures().filter(({ type }) => type === 'query')) {
    try {
      await callProcedure(app.admin, path, QUERY_INPUTS[path]);
      answered.push(path);
    } catch (error) {
      const code = error instanceof TRPCError ? error.code : String(error);
      if (!EXPECTED_ERRORS.has(code) || path in QUERY_INPUTS) broken.push(`${path}: ${code}`);
    }
  }
  return { answered, broken };
}

describe.each(VENDORS)('when %s does not answer', (vendor) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startWithSilentVendor(vendor);
  });
  afterAll(() => app[Symbol.asyncDispose]());

  test('every page can be read', async () => {
    const { answered, broken } = await callEveryQuery(app);
    expect(broken).toEqual([]);
    for (const path of [
      'playlists.overview',
      'playlists.playlist',
      'operations.overview',
      'playlistAdmin.accounts.list',
      'operations.jobs.list',
      'operations.vendors.state',
    ])
      expect(answered).toContain(path);
  });

  test('tomorrow’s lists are curated', async () => {
    app.clock.advance(24 * 3_600_000);
    const { outcome } = await curatePlaylists(app.deps, { day: dayOf(app.deps.now()), trigger: 'test', signal: never });
    expect(outcome).toMatch(/^1 playlist/);
  });

  test('the other vendors’ work continues, and data that only this vendor has is requested when it is back', async () => {
    if (vendor !== 'spotify') await importAlbums(app, 16, 3);
    await expect(enrichTracks(app.deps, { signal: never })).rejects.toMatchObject({
      code: expect.stringMatching(/^(rate_limited|provider_unavailable)$/) as string,
    });
    const enriched = await countEnriched(app);
    expect(enriched.features > 0).toBe(vendor !== 'reccobeats');
    expect(enriched.genres > 0).toBe(vendor !== 'musicbrainz');
    if (vendor === 'spotify') app.spotify.clearFaults();
    else app.sandbox[vendor].clearFaults();
    app.clock.advance(11 * 60_000);
    await enrichTracks(app.deps, { signal: never });
    const afterwards = await countEnriched(app);
    expect(Math.min(afterwards.features, afterwards.genres)).toBeGreaterThan(0);
    expect((await enrichTracks(app.deps, { signal: never })).outcome).toBe('Nothing was missing.');
  });
});

async function countEnriched(app: TestApp): Promise<{ features: number; genres: number }> {
  const { rows } = await app.deps.db.execute<{ features: number; genres: number }>(
    sql`select (select count(*)::int from track_features) as features, (select count(*)::int from track_tags) as genres`,
  );
  return rows[0] ?? { features: 0, genres: 0 };
}
