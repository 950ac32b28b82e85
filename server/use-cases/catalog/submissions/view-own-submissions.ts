import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { countOwnSubmissions, listOwnSubmissions } from '#server/repos/catalog/album-submissions.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { OwnSubmissionsView } from '#shared/contracts/catalog/submissions.ts';
import { listenerOf } from './listener-of.ts';
import { startOfDay } from './start-of-day.ts';
import { toSubmissionView } from './submission-view.ts';

const SHOWN_MAX = 100;

/** The caller's own submissions, newest first, and how many albums they may still submit today. */
export async function viewOwnSubmissions(deps: Pick<Deps, 'db' | 'now'>, actor: Actor): Promise<OwnSubmissionsView> {
  const userId = listenerOf(actor);
  const settings = (await readNetworkSettings(deps.db)).submissions;
  const [rows, used] = [
    await listOwnSubmissions(deps.db, userId, SHOWN_MAX),
    await countOwnSubmissions(deps.db, { userId, since: startOfDay(deps.now()) }),
  ];
  const remainingToday = settings.isOpen ? Math.max(0, settings.perDayMax - used) : 0;
  return { ...settings, submissions: rows.map(toSubmissionView), remainingToday };
}
