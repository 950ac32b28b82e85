import type { Sql } from 'postgres';
import { curationRowsSql, toCurationRow } from './curation-rows.ts';
import type { CurationRow, RawCurationRow } from './curation-rows.ts';

/** Rows fetched at a time: memory use does not grow with the catalog. */
const CHUNK = 4_000;

/** Streams the whole catalog without merged recordings, by recording id. */
export async function streamCatalog(stream: Sql, onRow: (row: CurationRow) => void): Promise<void> {
  await stream.unsafe<RawCurationRow[]>(curationRowsSql('true')).cursor(CHUNK, (rows) => {
    for (const row of rows) onRow(toCurationRow(row));
  });
}
