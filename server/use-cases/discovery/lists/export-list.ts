import type { Deps } from '#server/deps.ts';
import { listExportedTracks } from '#server/repos/discovery/exported-tracks.ts';
import type { ListFile, ListFormat } from '#shared/contracts/discovery/export-list.ts';
import { writeList } from '#shared/domain/discovery/lists/write-list.ts';
import { AppError } from '#shared/errors.ts';

interface ListToExport {
  readonly name: string;
  readonly recordingIds: readonly number[];
  readonly format: ListFormat;
}

/** Recordings as the text of a file, in their order, with repeats. Throws `not_found` when the catalog has none of them. */
export async function exportList(deps: Pick<Deps, 'db' | 'now'>, { name, recordingIds, format }: ListToExport): Promise<ListFile> {
  const known = await listExportedTracks(deps.db, [...new Set(recordingIds)]);
  const tracks = recordingIds.flatMap((id) => known.get(id) ?? []);
  if (tracks.length === 0) {
    throw new AppError('not_found', {
      message: 'None of these tracks is in the catalog.',
      remedy: 'Reload the list and export it again.',
      field: 'recordingIds',
    });
  }
  return { ...writeList({ name, tracks, at: deps.now() }, format), missing: [...new Set(recordingIds.filter((id) => !known.has(id)))] };
}
