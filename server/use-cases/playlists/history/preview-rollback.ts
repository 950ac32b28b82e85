import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listSharedInGroups } from '#server/repos/curation/group-claims.ts';
import { listInRepeatWindow } from '#server/repos/playlists/playlist-history.ts';
import { sha256 } from '#server/use-cases/sync/plan/plan-hash.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { SharedInGroup } from '#server/repos/curation/group-claims.ts';
import type { RollbackPreview } from '#shared/contracts/playlists/history.ts';
import type { RollbackInput } from '#shared/contracts/playlists/network.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { listDayOn } from '#shared/domain/playlists/shown-list.ts';
import { readShown } from '../read-shown.ts';
import { diffLists } from './diff-days.ts';
import { requireListOfDay, requirePlaylist } from './require-day.ts';
import { loadTrackLines } from './track-lines.ts';

/**
 * Previews showing an earlier day's list today: the changes, the tracks that would repeat within their repeat window, and the tracks that another
 * playlist of its groups shows today. Changes nothing. Throws `not_found` for a day without a list and `invalid_input` for a day that is not earlier.
 */
export async function previewRollback(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: RollbackInput): Promise<RollbackPreview> {
  requireAdmin(actor);
  const playlist = await requirePlaylist(deps, input.index);
  const today = dayOf(deps.now());
  if (input.showsDay >= today) {
    throw new AppError('invalid_input', {
      message: 'A playlist can only be rolled back to an earlier day.',
      remedy: 'Choose a day before today.',
      field: 'showsDay',
    });
  }
  const [shownToday, target] = [await requireListOfDay(deps, playlist, today), await requireListOfDay(deps, playlist, input.showsDay)];
  const shown = (await readShown(deps, { days: [today], playlistId: playlist.id })).get(today)?.get(playlist.id);
  const fromDay = listDayOn(today, shown);
  const diff = await diffLists(deps, { playlist, fromDay, toDay: input.showsDay });
  const resting = await listInRepeatWindow(deps.db, playlist.id, { showsDay: input.showsDay, day: today });
  const shared = await listSharedInGroups(deps.db, playlist.id, { showsDay: input.showsDay, day: today });
  const ids = [...resting, ...shared].map(({ trackId }) => trackId);
  const lineOf = await loadTrackLines(deps, { playlistId: playlist.id, day: input.showsDay, ids: [...new Set(ids)] });
  const facts = {
    playlistId: playlist.id,
    today,
    showsDay: input.showsDay,
    from: fromDay,
    lines: diff.lines.map(({ kind, uri }) => `${kind} ${uri}`),
    resting,
    shared,
  };
  return {
    from: today,
    to: input.showsDay,
    names: { from: shownToday.name, to: target.name },
    ...diff,
    hash: sha256(canonicalJson(facts)),
    repeats: resting.map(({ trackId, restsUntil }) => ({ track: lineOf(trackId), restsUntil })),
    shared: shared.map(({ trackId, group, themeTag }) => ({ track: lineOf(trackId), group, themeTag })),
    summary: shared.length > 0 ? describeSharedTracks(shared) : describeRepeats(resting.length),
  };
}

/** Why a list cannot be shown again today. */
export function describeSharedTracks(shared: readonly Pick<SharedInGroup, 'group' | 'themeTag'>[]): string {
  const by = [...new Set(shared.map(({ themeTag, group }) => `“${themeTag}” of the group ${group}`))].join(' and ');
  const many = shared.length === 1 ? '1 track' : `${shared.length} tracks`;
  return `This list cannot be shown again today: ${by} ${shared.length === 1 ? 'shows' : 'show'} ${many} of it, and playlists of a group never share a recording on the same day.`;
}

function describeRepeats(resting: number): string {
  const permanent = 'This counts as played even if you end the rollback later today.';
  if (resting === 0) return `No track repeats within its repeat window. A new repeat window starts today for every track. ${permanent}`;
  return `${resting} ${resting === 1 ? 'track repeats' : 'tracks repeat'} within the repeat window. Today’s certificate will list this, and a new repeat window starts today. ${permanent}`;
}
