import type { Deps } from '#server/deps.ts';
import { updateSaved } from '#server/repos/discovery/saved-playlists.ts';
import type { SavedRow } from '#server/repos/discovery/saved-playlists.ts';
import { deleteVersionsUpTo, putSavedVersion } from '#server/repos/discovery/saved-versions.ts';
import type { SavedVersionRow } from '#server/repos/discovery/saved-versions.ts';
import { listSavedTrackFacts } from '#server/repos/discovery/saved-track-facts.ts';
import type { SavedCriteria } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedSummary, SavedTrack } from '#shared/contracts/discovery/saved-views.ts';
import { describeCriteria } from '#shared/domain/discovery/saved/criteria-words.ts';
import { changedElsewhere, requireSaved } from './own-saved.ts';

/** Older versions are deleted. */
const VERSIONS_KEPT = 100;

/** What a person sets of a playlist as a whole. */
export type SavedHeadRow = Pick<SavedRow, 'name' | 'description' | 'state' | 'repeatDays'>;

/** The content of a version. */
export type VersionContent = Omit<SavedVersionRow, 'savedId' | 'version' | 'createdAt'>;

/**
 * Stores a version of a playlist as read at `saved.revision`; a draft's only version is replaced. `head` is stored with it. All or nothing: throws
 * `conflict` when the playlist was changed in the meantime.
 */
export async function storeVersion(
  deps: Pick<Deps, 'db' | 'now'>,
  saved: SavedRow,
  { head, ...content }: VersionContent & { readonly head?: Partial<SavedHeadRow> },
): Promise<void> {
  const at = deps.now();
  const version = saved.state === 'draft' ? saved.version : saved.version + 1;
  const summary = await summarizeSaved(deps, content);
  const isStored = await deps.db.transaction(async (tx) => {
    if (!(await updateSaved(tx, saved, { ...head, version, summary, changedAt: at }))) return false;
    await putSavedVersion(tx, { ...content, savedId: saved.id, version, createdAt: at });
    await deleteVersionsUpTo(tx, saved.id, version - VERSIONS_KEPT);
    return true;
  });
  if (!isStored) throw changedElsewhere(await requireSaved(deps, saved, { savedId: saved.id }));
}

/** What a card shows of a list. */
export async function summarizeSaved(
  deps: Pick<Deps, 'db'>,
  { tracks, criteria }: { readonly tracks: readonly SavedTrack[]; readonly criteria: SavedCriteria },
): Promise<SavedSummary> {
  const facts = await listSavedTrackFacts(
    deps.db,
    tracks.map(({ recordingId }) => recordingId),
  );
  return {
    tracks: tracks.length,
    durationMs: tracks.reduce((sum, { recordingId }) => sum + (facts.get(recordingId)?.durationMs ?? 0), 0),
    first: tracks.slice(0, 3).map(({ title, artists }) => ({ title, artists })),
    criteria: { kind: criteria.kind, says: describeCriteria(criteria) },
  };
}
