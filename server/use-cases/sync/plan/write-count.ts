import { Buffer } from 'node:buffer';

const REVISION_BYTES = 4;
const DIGEST_BYTES = 20;
const OLDER_FORM = /^(\d{1,9}),[0-9a-f]{40}$/;

/**
 * The number of changes that a snapshot id counts, in either form Spotify has used: four bytes and a digest, or a number, a comma and a digest.
 * Spotify promises neither, so it is a hint; null where the id looks like something else.
 */
export function revisionOf(snapshotId: string): number | null {
  const bytes = Buffer.from(snapshotId, 'base64');
  const older = OLDER_FORM.exec(bytes.toString('latin1'));
  if (older) return Number(older[1]);
  return bytes.length === REVISION_BYTES + DIGEST_BYTES ? bytes.readUInt32BE(0) : null;
}

/**
 * Counts along one plan's writes which changes were not ours. Spotify has no write that holds only if nothing changed since the look, so an
 * edit that falls between the look and the write is overwritten unseen; that there was one shows in how far the count went on.
 */
export interface WriteCount {
  /** After a write that Spotify answered with its new snapshot id. */
  written(snapshotId: string): void;
  /** After a write whose answer says no snapshot id. */
  silent(): void;
  /** After a write whose outcome, or how often it happened, is not known: counting begins anew. */
  lost(): void;
  /** With what was read back, or null where a hand is known to have been at work since. Returns how many changes were not ours, as far as could be counted. */
  close(snapshotId: string | null): number;
}

/** Begins at what the look showed, or at the last receipt's where the look showed an older one than that. */
export function countWrites(snapshotIds: readonly (string | null | undefined)[]): WriteCount {
  const known = snapshotIds.flatMap((id) => (id ? (revisionOf(id) ?? []) : []));
  let last = known.length > 0 ? Math.max(...known) : null;
  let expected = 0;
  let others = 0;
  const meet = (revision: number | null): void => {
    if (revision === null || last === null) return;
    others += Math.max(0, revision - last - expected);
  };
  return {
    written: (snapshotId) => {
      const revision = revisionOf(snapshotId);
      expected += 1;
      meet(revision);
      [last, expected] = [revision, 0];
    },
    silent: () => {
      expected += 1;
    },
    lost: () => {
      [last, expected] = [null, 0];
    },
    close: (snapshotId) => {
      if (snapshotId !== null) meet(revisionOf(snapshotId));
      return others;
    },
  };
}
