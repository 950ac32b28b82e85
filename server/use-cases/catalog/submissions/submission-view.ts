import type { SubmissionRow } from '#server/repos/catalog/album-submissions.ts';
import type { SubmissionStatus, SubmissionView } from '#shared/contracts/catalog/submissions.ts';
import { describeSourceFailure } from '#shared/domain/catalog/import-failures.ts';

const OF_SOURCE = { queued: 'queued', reading: 'importing', ingested: 'imported', failed: 'failed', duplicate: 'queued' } as const satisfies Record<
  NonNullable<SubmissionRow['sourceStatus']>,
  SubmissionStatus
>;

/** A submission as people see it, with its status in words. */
export function toSubmissionView(row: SubmissionRow): SubmissionView {
  const status = row.decision === 'accepted' ? OF_SOURCE[row.sourceStatus ?? 'queued'] : row.decision;
  return {
    id: row.id,
    link: row.link,
    albumId: row.albumId,
    status,
    isDuplicate: row.isDuplicate,
    says: inWords(row, status),
    reason: row.reason,
    albumName: row.albumName,
    artistNames: row.artistNames,
    submittedAt: row.submittedAt,
    changedAt: row.changedAt,
  };
}

function inWords({ isDuplicate, sourceFailure, reason }: SubmissionRow, status: SubmissionStatus): string {
  switch (status) {
    case 'waiting':
      return isDuplicate ? 'Somebody submitted this album already. It waits for the operator’s approval.' : 'Waits for the operator’s approval.';
    case 'queued':
      return isDuplicate ? 'This album is queued already.' : 'Queued for import.';
    case 'importing':
      return 'Segue is reading this album from Spotify.';
    case 'imported':
      return isDuplicate ? 'This album is in the catalog already.' : 'Imported.';
    case 'failed': {
      const { problem, remedy } = describeSourceFailure(sourceFailure ?? 'unreadable_answer');
      return `${problem} ${remedy}`;
    }
    case 'refused':
      return `Refused: ${reason ?? ''}`;
    case 'withdrawn':
      break;
  }
  return 'You withdrew this album.';
}
