import type { Deps } from '#server/deps.ts';
import { findRecordings } from '#server/repos/playlists/network-views.ts';
import type { FindRecordingsInput } from '#shared/contracts/playlists/network.ts';

const RESULTS = 20;

/** Finds recordings of the catalog by title or artist, most popular first. */
export async function searchRecordings(
  deps: Pick<Deps, 'db'>,
  input: FindRecordingsInput,
): Promise<{ recordingId: number; title: string; artists: string[] }[]> {
  return findRecordings(deps.db, input.query, RESULTS);
}
