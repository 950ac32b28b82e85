import type { PlaylistToCurate } from '../prepare-lists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';

/** Placeholder id for a family or version that does not exist yet. */
export const DRAFT_ID = '00000000-0000-0000-0000-000000000000';

export interface DraftToPreview {
  readonly policy: Policy;
  /** The family that the draft would be the next version of. */
  readonly familyId: string | undefined;
  /** The id of the stored version, if the draft is one. */
  readonly policyId?: string | undefined;
  /** When the stored version was saved; a draft was not. */
  readonly policySavedAt?: Date;
  /** Number of lists to assume when no playlist uses the family yet. */
  readonly count?: number;
}

/** The playlists that would use a draft: those of its family, or `count` hypothetical ones numbered after all others. */
export function listsOfDraft(playlists: readonly CuratedPlaylist[], draft: DraftToPreview): PlaylistToCurate[] {
  const { policy, familyId = DRAFT_ID, policyId = DRAFT_ID, policySavedAt = null, count = 1 } = draft;
  const followers = playlists.filter((playlist) => playlist.policyFamilyId === familyId);
  if (followers.length > 0) return followers.map((playlist) => ({ ...playlist, policy, policyId, policySavedAt }));
  const highest = Math.max(0, ...playlists.map((playlist) => playlist.globalIndex));
  return Array.from({ length: count }, (_, at) => ({
    id: `${DRAFT_ID.slice(0, -4)}${String(at + 1).padStart(4, '0')}`,
    globalIndex: highest + 1 + at,
    themeTag: 'Draft',
    policyFamilyId: familyId,
    policyId,
    policySavedAt,
    policy,
  }));
}
