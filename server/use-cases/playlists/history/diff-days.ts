import type { Deps } from '#server/deps.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { listTrackIds } from '#server/repos/curation/snapshots-read.ts';
import type { DayDiffView } from '#shared/contracts/playlists/history.ts';
import type { DiffDaysInput } from '#shared/contracts/playlists/network.ts';
import type { DiffLine } from '#shared/contracts/sync/sync.ts';
import { diffOrder } from '#shared/domain/sync/planning/sync-plan.ts';
import { listDayOn } from '#shared/domain/playlists/shown-list.ts';
import type { SpotifyTrackId } from '#shared/ids.ts';
import { readShown } from '../read-shown.ts';
import { requireListOfDay, requirePlaylist } from './require-day.ts';
import { loadTrackLines } from './track-lines.ts';

/** The changes between any two days of a playlist as they were shown, track by track. Throws `not_found`. */
export async function diffDays(deps: Pick<Deps, 'db' | 'now'>, { index, from, to }: DiffDaysInput): Promise<DayDiffView> {
  const playlist = await requirePlaylist(deps, index);
  const [before, after] = [await requireListOfDay(deps, playlist, from), await requireListOfDay(deps, playlist, to)];
  const shown = await readShown(deps, { days: [from, to], playlistId: playlist.id });
  const [fromDay, toDay] = [listDayOn(from, shown.get(from)?.get(playlist.id)), listDayOn(to, shown.get(to)?.get(playlist.id))];
  return { from, to, names: { from: before.name, to: after.name }, ...(await diffLists(deps, { playlist, fromDay, toDay })) };
}

type Difference = Omit<DayDiffView, 'from' | 'to' | 'names'>;

/** The difference between the curated lists of two days. */
export async function diffLists(
  deps: Pick<Deps, 'db'>,
  { playlist, fromDay, toDay }: { playlist: CuratedPlaylist; fromDay: string; toDay: string },
): Promise<Difference> {
  const before = await listTrackIds(deps.db, playlist.id, fromDay);
  const after = await listTrackIds(deps.db, playlist.id, toDay);
  const lineOf = await loadTrackLines(deps, { playlistId: playlist.id, day: toDay, ids: [...new Set([...before, ...after])] });
  const byUri = new Map<string, SpotifyTrackId>([...before, ...after].map((id) => [`spotify:track:${id}`, id]));
  const diff = diffOrder(
    before.map((id) => `spotify:track:${id}`),
    after.map((id) => `spotify:track:${id}`),
  );
  const count = (kind: DiffLine['kind']) => diff.filter((line) => line.kind === kind).length;
  const lines = diff.flatMap((line) => {
    const id = byUri.get(line.uri);
    return id === undefined ? [] : [{ ...line, track: lineOf(id) }];
  });
  return { lines, adds: count('add'), removes: count('remove'), moves: count('move'), keeps: count('keep') };
}
