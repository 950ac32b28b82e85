import type { Deps } from '#server/deps.ts';
import { listTrackCaptions } from '#server/repos/curation/snapshots-read.ts';
import { listRepeatsShownAgain } from '#server/repos/playlists/shown-again.ts';
import type { RepeatedEntry } from '#server/repos/playlists/shown-again.ts';
import type { CertifiedShown } from '#shared/contracts/playlists/certificate.ts';
import type { ListEdits, ShownList } from '#shared/contracts/playlists/shown-list.ts';
import { listDayOn } from '#shared/domain/playlists/shown-list.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import type { PlaylistId, SpotifyTrackId } from '#shared/ids.ts';
import { readShown } from './read-shown.ts';

/** What Spotify shows of one playlist on one day, with the names of edited tracks and the repeats of a list shown again. */
export interface DayShown {
  /** Undefined when the playlist never had a place on an account. */
  readonly shown: ShownList | undefined;
  /** The day whose list the day is about: an earlier one when it was shown again that day, else the day itself. */
  readonly listDay: string;
  readonly edits: NamedEdits;
  /** Of the list that is shown, when it is shown again. */
  readonly repeats: readonly RepeatedEntry[];
}

type NamedEdits = Pick<CertifiedShown, 'added' | 'removed'>;

/** Reads what Spotify shows of a playlist on a day, for its page and its certificate. */
export async function readDayShown(deps: Pick<Deps, 'db' | 'now'>, playlistId: PlaylistId, day: string): Promise<DayShown> {
  const shown = (await readShown(deps, { days: [day], playlistId })).get(day)?.get(playlistId);
  const isShown = shown?.status === 'shown' && shown.day !== null && shown.listDay !== null;
  const again = isShown && shown.rollback !== null ? { playlistId, day: shown.day, listDay: shown.listDay } : undefined;
  const [edits, repeats] = await Promise.all([nameEdits(deps, shown?.edits ?? null), again ? listRepeatsShownAgain(deps.db, again) : []]);
  return { shown, listDay: listDayOn(day, shown), edits, repeats };
}

/** The answer as certificates state it. Edits belong to the list that is certified, so they are left out when Spotify shows another one. */
export function certifiedShown({ shown, edits, listDay }: DayShown): CertifiedShown {
  const isOwn = shown?.status === 'shown' && shown.listDay === listDay;
  const live = shown?.copies.filter(({ status }) => status === 'shown') ?? [];
  return {
    status: shown?.status ?? 'nowhere',
    listDay: shown?.listDay ?? null,
    since: shown?.since ?? null,
    readAt: shown?.readAt ?? null,
    unconfirmedSince: shown?.unconfirmedSince ?? null,
    accounts: live.filter(({ isSame }) => isSame).length,
    otherAccounts: live.filter(({ isSame }) => !isSame).length,
    added: isOwn ? edits.added : [],
    removed: isOwn ? edits.removed : [],
    isReordered: isOwn && shown.edits?.isReordered === true,
  };
}

const TRACK_URI = 'spotify:track:';

/** The edited tracks with the titles and artists that the catalog knows. */
export async function nameEdits({ db }: Pick<Deps, 'db'>, edits: ListEdits | null): Promise<NamedEdits> {
  if (edits === null) return { added: [], removed: [] };
  const captions = await listTrackCaptions(
    db,
    [...edits.added, ...edits.removed].flatMap(({ uri }) => trackIdOf(uri)),
  );
  const captionOf = new Map(captions.map((caption) => [`${TRACK_URI}${caption.trackId}`, caption]));
  const named = ({ uri, position }: { readonly uri: string; readonly position: number }) => {
    const caption = captionOf.get(uri);
    return { position, uri, title: caption?.title ?? null, artists: [...(caption?.artists ?? [])] };
  };
  return { added: edits.added.map(named), removed: edits.removed.map(named) };
}

function trackIdOf(uri: string): SpotifyTrackId[] {
  const parsed = spotifyTrackId.safeParse(uri.startsWith(TRACK_URI) ? uri.slice(TRACK_URI.length) : '');
  return parsed.success ? [parsed.data] : [];
}
