import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Sql } from 'postgres';

export interface StagedAlbum {
  readonly sourceId: number;
  /** The album in the format that `applyLoad` reads. */
  readonly album: object;
}

interface Load {
  readonly id: string;
  readonly at: Date;
}

/** COPYs albums into the staging table under one load id. Staged albums survive a worker crash; the next run applies them. */
export async function copyAlbumsToStaging(stream: Sql, load: Load, albums: readonly StagedAlbum[]): Promise<void> {
  const sink = await stream`copy ingest_staging (load_id, loaded_at, source_id, album) from stdin`.writable();
  const at = load.at.toISOString();
  for (const { sourceId, album } of albums) {
    if (!sink.write(`${load.id}\t${at}\t${sourceId}\t${copyText(JSON.stringify(album))}\n`)) await once(sink, 'drain');
  }
  sink.end();
  await finished(sink);
}

/** Escapes for COPY's text format; NUL, which Postgres cannot store, is dropped. */
function copyText(json: string): string {
  return json.replaceAll('\\u0000', '').replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}
