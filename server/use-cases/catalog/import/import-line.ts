import type { SourceRow } from '#server/repos/catalog/album-sources.ts';
import type { IntakeLineView } from '#shared/contracts/views.ts';
import { describeSourceFailure } from '#shared/domain/catalog/import-remedies.ts';

/** An intake line as people see it: with its problem and remedy in words, or the line it repeats. */
export function toIntakeLine(row: SourceRow): IntakeLineView {
  const told = row.failure ? describeSourceFailure(row.failure) : null;
  const repeats = row.duplicateId !== null && row.duplicateLine !== null && row.duplicateIntake !== null;
  return {
    id: row.id,
    lineNumber: row.lineNumber,
    given: row.given,
    albumId: row.albumId,
    status: row.status,
    failure: row.failure,
    problem: told?.problem ?? null,
    remedy: told?.remedy ?? null,
    duplicateOf: repeats ? { id: row.duplicateId, lineNumber: row.duplicateLine, intakeId: row.duplicateIntake } : null,
    albumName: row.albumName,
    artistNames: row.artistNames,
  };
}
