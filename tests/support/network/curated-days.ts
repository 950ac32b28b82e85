import { listPlaylists } from '#server/repos/curation/playlists.ts';
import type { Deps } from '#server/deps.ts';
import { loadCatalog } from '#server/use-cases/catalog/load-catalog.ts';
import type { SimulationResult } from '#shared/contracts/policies/policy-views.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { digestLine, SimulationTally } from '#shared/domain/curation/simulation-tally.ts';
import { sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';

interface CuratedList extends Record<string, unknown> {
  readonly index: number;
  readonly report: SnapshotReport;
  readonly ids: number[];
  readonly reasons: EntryReasons[];
}

/** The figures of days that were really curated, read from the ledger. A simulation of the same days must have predicted them. */
export async function measureCuratedDays(
  deps: Pick<Deps, 'db' | 'stream'>,
  { from, days }: { from: string; days: number },
): Promise<SimulationResult> {
  const { catalog, rowOf } = await loadCatalog(deps, { texts: false });
  const tally = new SimulationTally(catalog);
  const digest = createHash('sha256');
  const row = (id: number) => rowOf[id] ?? -1;
  for (const { globalIndex } of await listPlaylists(deps.db)) {
    const [before] = await listCurated(deps, sql`s.batch_tag < ${from}::date and l.global_index = ${globalIndex} and s.status = 'published'`, 1);
    if (before) tally.setBefore(globalIndex, before.ids.map(row));
  }
  for (let n = 0; n < days; n += 1) {
    const day = addDays(from, n);
    const lists = await listCurated(deps, sql`s.batch_tag = ${day}::date`, 10_000);
    tally.addDay(
      day,
      lists.map(({ index, report, ids, reasons }) => ({
        index,
        wanted: report.size,
        candidatesLeft: report.candidates - (ids.length - (report.pinned ?? 0) - (report.staying ?? 0)),
        entries: ids.map((id, at) => ({
          row: row(id),
          lastUsedOn: reasons[at]?.staysSince === undefined ? (reasons[at]?.lastUsedOn ?? null) : null,
        })),
      })),
    );
    for (const { index, ids } of lists) digest.update(digestLine(day, index, ids));
  }
  return tally.result(from, digest.digest('hex'));
}

async function listCurated(deps: Pick<Deps, 'db'>, which: ReturnType<typeof sql>, limit: number): Promise<CuratedList[]> {
  const result = await deps.db.execute<CuratedList>(sql`
    select l.global_index as "index", s.report,
      coalesce((select array_agg(h.recording_id order by h.position) from playlist_entries_history h where h.playlist_id = s.playlist_id and h.batch_tag = s.batch_tag), '{}') as ids,
      coalesce((select jsonb_agg(h.reasons order by h.position) from playlist_entries_history h where h.playlist_id = s.playlist_id and h.batch_tag = s.batch_tag), '[]') as reasons
    from snapshots s join playlists l on l.id = s.playlist_id where ${which} order by s.batch_tag desc, l.global_index limit ${limit}`);
  return result.rows;
}
