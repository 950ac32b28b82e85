import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listSharedInGroups } from '#server/repos/curation/group-claims.ts';
import { listRestingAgain } from '#server/repos/playlists/playlist-history.ts';
import { canonical, sha256 } from '#server/use-cases/sync/plan/plan-hash.ts';
import type { SharedInGroup } from '#server/repos/curation/group-claims.ts';
import type { RollbackPreview } from '#shared/contracts/playlists/history.ts';
import type { RollbackInput } from '#shared/contracts/playlists/network.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { diffLists, shownDay } from './diff-days.ts';
import { requireListOf, requirePlaylistOf } from './require-day.ts';
import { trackLinesOf } from './track-lines.ts';

/**
 * What showing an earlier day's list today would change, which of its tracks would be heard again before their rest is over, and which another
 * playlist of its groups shows today. Changes nothing. Throws `not_found` for a day without a list and `invalid_input` for one that is not earlier.
 */
export async function previewRollback(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: RollbackInput): Promise<RollbackPreview> {
  requireAdmin(actor);
  const playlist = await requirePlaylistOf(deps, input.index);
  const today = dayOf(deps.now());
  if (input.showsDay >= today) {
    throw new AppError('invalid_input', {
      message: 'Only an earlier day can be shown again.',
      remedy: 'Choose a day before today.',
      field: 'showsDay',
    });
  }
  const [now, then] = [await requireListOf(deps, playlist, today), await requireListOf(deps, playlist, input.showsDay)];
  const fromDay = await shownDay(deps, playlist, today);
  const diff = await diffLists(deps, { playlist, fromDay, toDay: input.showsDay });
  const resting = await listRestingAgain(deps.db, playlist.id, { showsDay: input.showsDay, day: today });
  const shared = await listSharedInGroups(deps.db, playlist.id, { showsDay: input.showsDay, day: today });
  const ids = [...resting, ...shared].map(({ trackId }) => trackId);
  const lineOf = await trackLinesOf(deps, { playlistId: playlist.id, day: input.showsDay, ids: [...new Set(ids)] });
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
    names: { from: now.name, to: then.name },
    ...diff,
    hash: sha256(canonical(facts)),
    resting: resting.map(({ trackId, restsUntil }) => ({ track: lineOf(trackId), restsUntil })),
    shared: shared.map(({ trackId, group, themeTag }) => ({ track: lineOf(trackId), group, themeTag })),
    says: shared.length > 0 ? sharedWords(shared) : words(resting.length),
  };
}

/** Why a list cannot be shown again today, in the words that curation has for it. */
export function sharedWords(shared: readonly Pick<SharedInGroup, 'group' | 'themeTag'>[]): string {
  const by = [...new Set(shared.map(({ themeTag, group }) => `“${themeTag}” of the group ${group}`))].join(' and ');
  const many = shared.length === 1 ? '1 track' : `${shared.length} tracks`;
  return `It cannot be shown again today: ${by} ${shared.length === 1 ? 'shows' : 'show'} ${many} of it, and playlists of a group share no recording on a day.`;
}

function words(resting: number): string {
  const lasts = 'Once it has been shown, that stays so, also when the day shows its own list again: what was heard has been heard.';
  if (resting === 0) return `Every track of it has rested, and rests anew from today. ${lasts}`;
  return `${resting} ${resting === 1 ? 'track' : 'tracks'} would be heard again before the rest is over. The certificate of the day will say so, and they rest anew from today. ${lasts}`;
}
