import { users } from '#drizzle/schema/index.ts';
import { SYSTEM } from '#server/actor.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import type { FromSeedsView } from '#shared/contracts/discovery/seeds.ts';
import { recordingId, userId } from '#shared/ids.ts';
import type { RecordingId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';

/** An app whose catalog has sixty albums. */
export async function openDiscovery(options: Parameters<typeof startTestApp>[0] = {}): Promise<TestApp> {
  const app = await startTestApp(options);
  const ids = Array.from({ length: 60 }, (_, at) => app.sandbox.catalog.albumIdAt(at));
  await submitImport(app.deps, SYSTEM, { text: ids.join('\n') });
  await app.runJobs();
  return app;
}

/** A new listener, who may call from several devices. */
export async function newListener(app: TestApp, name = 'Ann') {
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await app.deps.db.insert(users).values({ id, displayName: name, createdAt: at, lastSignedInAt: at });
  return { id, device: () => app.as({ kind: 'user', userId: id, isAdmin: false }).discovery };
}

/** A recording with known features. */
export async function pickRecording(app: TestApp): Promise<RecordingId> {
  const found = await app.deps.db.execute<{ id: number }>(
    sql`select r.id from recordings r join track_features f on f.recording_id = r.id where f.energy is not null order by r.id limit 1`,
  );
  return recordingId.parse(found.rows[0]?.id);
}

/** The tracks of a list from seeds as `save` takes them. */
export const tracksOf = (list: FromSeedsView) =>
  list.tracks.map(({ recordingId: id, why, reason }) => ({
    recordingId: recordingId.parse(id),
    reason: { kind: 'match' as const, why, facts: { ...reason } },
  }));

/** A saved playlist of ten tracks like a recording. */
export async function saveTen(app: TestApp, discovery: Awaited<ReturnType<typeof newListener>>['device'], name = 'Rainy Sunday') {
  const request = { seeds: [{ kind: 'recording' as const, recordingId: await pickRecording(app) }], size: 10 };
  const list = await discovery().fromSeeds(request);
  return discovery().saved.save({ name, criteria: { kind: 'seeds', request }, tracks: tracksOf(list) });
}
