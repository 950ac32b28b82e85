import { users } from '#drizzle/schema/index.ts';
import { userId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { startTestApp } from '#tests/support/app.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

const TODAY = '2026-11-21';
const GENRES = [
  'rock',
  'pop',
  'jazz',
  'hip hop',
  'metal',
  'death metal',
  'techno',
  'classical',
  'salsa',
  'samba',
  'reggae',
  'soul',
  'folk',
  'punk',
  'piano',
  'house',
];
const ARTISTS = ['Portishead', 'Air', 'Live', 'Queen', 'Radiohead', 'Kraftwerk', 'Daft Punk', 'Miles Davis'];

const list = (names: readonly string[]) => sql.raw(`array[${names.map((name) => `'${name}'`).join(', ')}]`);

/** An app with a catalog of four thousand recordings of sixteen genres, some artists with names, and a signed-in listener; with or without a text model. */
export async function openVibes({ hasModel }: { readonly hasModel: boolean }) {
  const app = await startTestApp({ at: `${TODAY}T05:00:00Z`, ...(hasModel ? {} : { deps: { textModel: undefined } }) });
  await fillLargeNetwork(app.databaseUrl, { recordings: 4_000, playlists: 1, policies: 1, historyDays: 1, today: TODAY });
  const { db } = app.deps;
  await db.execute(sql`update track_tags set tag = (${list(GENRES)})[1 + recording_id % ${sql.raw(String(GENRES.length))}]`);
  await db.execute(sql`delete from track_tags where recording_id % 20 = 7`);
  await db.execute(sql`update artists a set name = n.name from (select name, row_number() over () as at from unnest(${list(ARTISTS)}) name) n
    where a.id = 'r' || lpad(n.at::text, 21, '0')`);
  await db.execute(sql`update recordings set title = 'Christmas ' || title where id % 37 = 0`);
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await db.insert(users).values({ id, displayName: 'Ann', createdAt: at, lastSignedInAt: at });
  const listener = app.as({ kind: 'user', userId: id, isAdmin: false });
  return { ...app, listener, generate: listener.discovery.generate };
}
