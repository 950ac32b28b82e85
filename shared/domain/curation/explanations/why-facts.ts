import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { PlaylistMarkKind, SnapshotStatus } from '#shared/vocabulary.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

/** The stored facts about one recording, one list and one day that explain why it is or is not in the list. */
export interface WhyFacts {
  readonly day: string;
  readonly themeTag: string;
  /** The playlist's first day, if the requested day has no list. */
  readonly firstDay: string | null;
  /** The rules of that day. */
  readonly policy: Policy;
  /** The recording alone, as row 0, with texts, as it was known when the list was created. */
  readonly catalog: Catalog;
  /** As it is known today, and since when, if data was added after the list was created. */
  readonly later: { readonly catalog: Catalog; readonly addedOn: string } | null;
  /** The day of its import, if that was after the list was created. */
  readonly importedOn: string | null;
  /** Its score that day under those rules. */
  readonly score: number;
  readonly entry: { readonly position: number; readonly reasons: EntryReasons } | undefined;
  readonly snapshot: { readonly status: SnapshotStatus; readonly report: SnapshotReport } | undefined;
  readonly mark: { readonly kind: PlaylistMarkKind; readonly source: string; readonly sinceDay: string } | undefined;
  /** How the policy bans it; null when it does not. */
  readonly bannedAs: 'recording' | 'artist' | 'album' | null;
  readonly isPinned: boolean;
  /** A stay in another list, or an earlier one here, whose repeat window includes the day. */
  readonly blocking: { readonly themeTag: string; readonly firstDay: string; readonly restsUntil: string | null } | undefined;
  readonly groupClaim: { readonly group: string; readonly themeTag: string } | undefined;
  /** Whether it was in the previous list and left on the day. */
  readonly hasLeft: boolean;
  readonly list: {
    readonly lowestScore: number | null;
    readonly byArtist: { readonly name: string; readonly tracks: number } | null;
    readonly fromAlbum: number;
    readonly nearestByArtist: number | null;
  };
  /** The earlier day whose list was shown instead of this day's own, and whether the recording is in that one. */
  readonly shownInstead: { readonly day: string; readonly isThere: boolean } | null;
}
