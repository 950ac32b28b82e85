import type { ReplicaId } from '#shared/ids.ts';

/** Names the upload of one picture to one copy of a playlist, however often it is planned. */
export function coverEffect(replicaId: ReplicaId, sha256: string): string {
  return `cover:${replicaId}:${sha256}`;
}
