import type { Deps } from '#server/deps.ts';
import { readPublicLedgerSecret } from '#server/repos/playlists/public-ledger.ts';
import { createHmac } from 'node:crypto';

/** The salts of the public ledger, 32 bytes in hex. Each recording has one in each repeat scope, and each list has one. */
export interface PublicLedgerSalts {
  readonly ofRecording: (restScope: string, recordingId: number) => string;
  readonly ofList: (playlistId: string, day: string) => string;
}

/** Derives the salts from the stored secret, so that one certificate's salts say nothing about any other recording or list. */
export async function loadPublicLedgerSalts(deps: Pick<Deps, 'db'>): Promise<PublicLedgerSalts> {
  const secret = await readPublicLedgerSecret(deps.db);
  const derive = (...parts: (string | number)[]) => createHmac('sha256', secret).update(parts.join('\t')).digest('hex');
  return {
    ofRecording: (restScope, recordingId) => derive('recording', restScope, recordingId),
    ofList: (playlistId, day) => derive('list', playlistId, day),
  };
}
