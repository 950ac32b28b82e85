import type { Db } from '#server/repos/database.ts';
import { sql } from 'drizzle-orm';

/**
 * Which of these digests any row names: assets and their previews, pictures that a render was given or has received, LoRA files, and playlists' covers.
 * A new table that names files belongs here, or its files are swept.
 */
export async function listNamedDigests(db: Db, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await db.execute<{ sha256: string }>(sql`
    select sha256 from unnest(${sql.param(digests)}::text[]) as d(sha256)
    where exists (select 1 from assets a where a.sha256 = d.sha256)
      or exists (select 1 from asset_previews p where p.preview_sha256 = d.sha256 or p.sha256 = d.sha256)
      or exists (select 1 from lora_models l where l.file_sha256 = d.sha256)
      or exists (select 1 from playlist_covers c where c.sha256 = d.sha256 or c.previous_sha256 = d.sha256)
      or exists (select 1 from playlist_account_map m where m.cover_sha256 = d.sha256)
      or d.sha256 in (select p.value from playlist_covers c, jsonb_each_text(c.previews) p where jsonb_typeof(c.previews) = 'object')
      or d.sha256 in (
        select f.value->>'sha256' from renders r, jsonb_each(r.input_files) f where r.input_files <> '{}'::jsonb
        union select f->>'sha256' from renders r, jsonb_array_elements(r.result) f where r.result is not null and r.finished_at is null)`);
  return new Set(found.rows.map((row) => row.sha256));
}
