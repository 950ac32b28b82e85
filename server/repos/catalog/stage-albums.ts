import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface StagedAlbum {
  readonly sourceId: number;
  /** The album in the format that `applyLoad` reads. */
  readonly album: object;
}

interface Load {
  readonly id: string;
  readonly at: Date;
}

/**
 * Stores albums in the staging table under one load id, all or none. Staged albums survive a worker crash; the next run applies them. One statement, not
 * COPY: the driver for streams never ends a COPY that Postgres refuses.
 */
export async function stageAlbums(db: Db, load: Load, albums: readonly StagedAlbum[]): Promise<void> {
  if (albums.length === 0) return;
  await db.execute(sql`
    insert into ingest_staging (load_id, loaded_at, source_id, album)
    select ${load.id}::uuid, ${load.at.toISOString()}::timestamptz, s."sourceId", s.album
    from jsonb_to_recordset(${JSON.stringify(albums)}::jsonb) as s("sourceId" bigint, album jsonb)`);
}

/** Removes the albums of a load that cannot be applied. */
export async function deleteStagedLoad(db: Db, loadId: string): Promise<void> {
  await db.execute(sql`delete from ingest_staging where load_id = ${loadId}::uuid`);
}
