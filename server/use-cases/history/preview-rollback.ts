import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listRestingAgain } from '#server/repos/playlist-history.ts';
import { canonical, sha256 } from '#server/use-cases/sync/plan-hash.ts';
import type { RollbackPreview } from '#shared/contracts/history.ts';
import type { RollbackInput } from '#shared/contracts/network.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { diffLists, shownDay } from './diff-days.ts';
import { requireListOf, requirePlaylistOf } from './require-day.ts';
import { trackLinesOf } from './track-lines.ts';

/**
 * What showing an earlier day's list today would change, and which of its tracks would be heard again before their rest is over. Changes
 * nothing. Throws `not_found` for a day without a list and `invalid_input` for one that is not earlier.
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
  const lineOf = await trackLinesOf(deps, { playlistId: playlist.id, day: input.showsDay, ids: resting.map(({ trackId }) => trackId) });
  const facts = {
    playlistId: playlist.id,
    today,
    showsDay: input.showsDay,
    from: fromDay,
    lines: diff.lines.map(({ kind, uri }) => `${kind} ${uri}`),
    resting,
  };
  return {
    from: today,
    to: input.showsDay,
    names: { from: now.name, to: then.name },
    ...diff,
    hash: sha256(canonical(facts)),
    resting: resting.map(({ trackId, restsUntil }) => ({ track: lineOf(trackId), restsUntil })),
    says: words(resting.length),
  };
}

function words(resting: number): string {
  if (resting === 0) return 'Every track of it has rested, and rests anew from today.';
  return `${resting} ${resting === 1 ? 'track' : 'tracks'} would be heard again before the rest is over. The certificate of the day will say so, and they rest anew from today.`;
}
