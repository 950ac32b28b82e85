import { Buffer } from 'node:buffer';

const REVISION_BYTES = 4;
const DIGEST_BYTES = 20;
const OLDER_FORMAT = /^(\d{1,9}),[0-9a-f]{40}$/;

/**
 * The revision number in a snapshot id, in either format Spotify has used: four bytes and a digest, or a number, a comma and a digest. Spotify
 * guarantees neither, so it is only a hint; null for any other format.
 */
export function revisionOf(snapshotId: string): number | null {
  const bytes = Buffer.from(snapshotId, 'base64');
  const older = OLDER_FORMAT.exec(bytes.toString('latin1'));
  if (older) return Number(older[1]);
  return bytes.length === REVISION_BYTES + DIGEST_BYTES ? bytes.readUInt32BE(0) : null;
}

/**
 * Counts the changes during one plan's writes that were not ours. Spotify has no conditional write, so an edit between read and write is overwritten
 * unseen; the revision number shows that there was one.
 */
export interface RevisionCounter {
  /** Call after a write that Spotify answered with its new snapshot id. */
  written(snapshotId: string): void;
  /** Call after a write whose answer has no snapshot id. */
  writtenWithoutId(): void;
  /** Call after a write whose outcome or number of executions is unknown: counting restarts. */
  outcomeUnknown(): void;
  /**
   * Call with the snapshot id that was read back, or null when the playlist is known to have been edited since. Returns how many changes were not
   * ours, as far as they could be counted.
   */
  close(snapshotId: string | null): number;
}

/** Starts at the revision that the read showed, or at the last receipt's when that is newer. */
export function createRevisionCounter(snapshotIds: readonly (string | null | undefined)[]): RevisionCounter {
  const known = snapshotIds.flatMap((id) => (id ? (revisionOf(id) ?? []) : []));
  let last = known.length > 0 ? Math.max(...known) : null;
  let expected = 0;
  let foreignChanges = 0;
  const observe = (revision: number | null): void => {
    if (revision === null || last === null) return;
    foreignChanges += Math.max(0, revision - last - expected);
  };
  return {
    written: (snapshotId) => {
      const revision = revisionOf(snapshotId);
      expected += 1;
      observe(revision);
      [last, expected] = [revision, 0];
    },
    writtenWithoutId: () => {
      expected += 1;
    },
    outcomeUnknown: () => {
      [last, expected] = [null, 0];
    },
    close: (snapshotId) => {
      if (snapshotId !== null) observe(revisionOf(snapshotId));
      return foreignChanges;
    },
  };
}
