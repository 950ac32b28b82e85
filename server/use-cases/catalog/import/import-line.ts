import type { SourceRow } from '#server/repos/catalog/album-sources.ts';
import type { ImportLineView } from '#shared/contracts/catalog/import-views.ts';
import { describeSourceFailure } from '#shared/domain/catalog/import-failures.ts';

/** An import line as a view: with its problem and remedy in words, or the line it duplicates. */
export function toImportLine(row: SourceRow): ImportLineView {
  const described = row.failure ? describeSourceFailure(row.failure) : null;
  const isDuplicate = row.duplicateId !== null && row.duplicateLine !== null && row.duplicateIntake !== null;
  return {
    id: row.id,
    lineNumber: row.lineNumber,
    given: row.given,
    albumId: row.albumId,
    status: row.status,
    failure: row.failure,
    problem: described?.problem ?? null,
    remedy: described?.remedy ?? null,
    duplicateOf: isDuplicate ? { id: row.duplicateId, lineNumber: row.duplicateLine, intakeId: row.duplicateIntake } : null,
    albumName: row.albumName,
    artistNames: row.artistNames,
  };
}
