import type { Deps } from '#server/deps.ts';
import { findRecordings } from '#server/repos/playlists/network-views.ts';
import { searchPatterns } from '#shared/domain/catalog/search-text.ts';
import type { FindRecordingsInput } from '#shared/contracts/playlists/network.ts';

const RESULTS = 20;

/** Finds recordings of the catalog: every word is somewhere in the title or the artists. Titles first, then most popular first. */
export async function searchRecordings(
  deps: Pick<Deps, 'db'>,
  input: FindRecordingsInput,
): Promise<{ recordingId: number; title: string; artists: string[] }[]> {
  const patterns = searchPatterns(input.query);
  return patterns ? findRecordings(deps.db, patterns, RESULTS) : [];
}
