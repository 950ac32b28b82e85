import type { Deps } from '#server/deps.ts';
import { endPlacementsOfRetired, listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import type { NewSnapshot } from '#server/repos/curation/ledger.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { detailsOfDay } from './details-of-day.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import { dayText } from '#shared/domain/calendar.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import { curateDaySteps } from '#shared/domain/curation/curate-day.ts';
import type { DayRequest, SnapshotDraft } from '#shared/domain/curation/curate-day.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError, RETRIED_AUTOMATICALLY } from '#shared/errors.ts';
import { setImmediate } from 'node:timers/promises';
import { commitDay } from './commit-day.ts';
import type { CommittedDay, DecidedList } from './commit-day.ts';
import { loadCatalog } from '#server/use-cases/catalog/load-catalog.ts';
import { prepareLists } from './prepare-lists.ts';
import { readRecentPlacements } from './read-recent-placements.ts';

/** Maximum number of rejected lists that a run names; more usually have one cause. */
const NAMED_MAX = 4;

/** With `settings`, a list's title and description of that day are stored too. */
export type CurateDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'newId' | 'log' | 'faultPoint'> & Partial<Pick<Deps, 'settings'>>;

/**
 * Makes the day's list of every active playlist that has none yet. Unfilled lists store the reason and are retried by the next run. The lists of a day
 * are decided together and committed in one transaction with the sync job, so a killed run leaves nothing behind and the next run makes the same
 * lists. A finished day is left unchanged. Throws `conflict` when the database rejected lists, and `rate_limited` when the worker stops.
 */
export async function curatePlaylists(
  deps: CurateDeps,
  input: { day?: string | undefined; trigger: string; startsSync?: boolean | undefined; signal: AbortSignal },
  report: Report = async () => {},
): Promise<Outcome> {
  const day = input.day ?? dayOf(deps.now());
  return curateDay(deps, { day, report, startsSync: input.startsSync ?? input.trigger === 'timetable' }, input.signal);
}

interface RunOfDay {
  readonly day: string;
  readonly report: Report;
  readonly startsSync: boolean;
}

async function curateDay(deps: CurateDeps, run: RunOfDay, signal: AbortSignal): Promise<Outcome> {
  const statuses = await listSnapshotStatuses(deps.db, run.day);
  const pending = (await listPlaylists(deps.db, { status: 'active' })).filter((playlist) => statuses.get(playlist.id) !== 'published');
  if (pending.length === 0) return { outcome: `Every playlist already has its list for ${run.day}.` };
  await run.report({ doing: 'Reading the catalog', done: 0, total: pending.length });
  const loaded = await loadCatalog(deps, { texts: pending.some((playlist) => policyNeedsTexts(playlist.policy)) });
  await endPlacementsOfRetired(deps.db);
  const lists = (await prepareLists(deps, loaded, { from: run.day, playlists: pending }))(run.day);
  const repeatIndex = await readRecentPlacements(deps, loaded, { day: run.day, lists });
  deps.faultPoint('curate.after_read');
  const drafts = await decide({ catalog: loaded.catalog, day: run.day, lists, repeatIndex }, run.report, signal);
  deps.faultPoint('curate.after_decision');
  const decided = drafts.map((draft) => decidedList(deps, draft, { ...run, playlists: pending }));
  const committed = await commitDay(deps, { ...run, lists: decided, throwIfStopped: () => throwIfAborted(signal) });
  deps.faultPoint('curate.after_commit');
  return { outcome: outcomeOf(run.day, committed) };
}

/** Throws `conflict` when lists were rejected, so that the queue retries them; the alsoRejected are stored. */
function outcomeOf(day: string, { published, unfilled, rejected: refused }: CommittedDay): string {
  const without = unfilled === 0 ? '' : `, ${unfilled} could not be filled`;
  const made = `${published} ${published === 1 ? 'playlist has its list' : 'playlists have their lists'} for ${day}${without}`;
  const [first] = refused;
  if (!first) return `${made}.`;
  const name = ({ list }: typeof first) => `#${list.globalIndex} ${list.themeTag}`;
  const alsoRejected =
    refused.length > 1
      ? ` Also rejected: ${refused.slice(1, NAMED_MAX).map(name).join(', ')}${refused.length > NAMED_MAX ? ' and alsoRejected' : ''}.`
      : '';
  throw new AppError('conflict', {
    message: `${made}; ${refused.length} rejected. ${name(first)}: ${first.why.message} (${first.why.detail})${alsoRejected}`,
    remedy: RETRIED_AUTOMATICALLY,
  });
}

/** Decides the lists in steps and yields to the event loop between them, so that the process can answer other requests. */
async function decide(request: DayRequest, report: Report, signal: AbortSignal): Promise<SnapshotDraft[]> {
  await report({ doing: 'Choosing tracks', done: 0, total: request.lists.length });
  const steps = curateDaySteps(request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
    throwIfAborted(signal);
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new AppError('rate_limited', { message: 'The worker is stopping. The day is curated when it is back.', retryAfterMs: 1_000 });
}

type DecidedDay = RunOfDay & { readonly playlists: readonly CuratedPlaylist[] };

function decidedList(deps: CurateDeps, draft: SnapshotDraft, { day, playlists }: DecidedDay): DecidedList {
  const playlist = playlists.find((candidate) => candidate.id === draft.playlistId);
  if (!playlist) throw new Error('Curation returned a draft for a playlist that was not requested.');
  const { globalIndex, themeTag } = playlist;
  return { globalIndex, themeTag, snapshot: snapshotOf(deps, draft, { playlist, day }) };
}

function snapshotOf(deps: CurateDeps, draft: SnapshotDraft, { day, playlist }: { day: string; playlist: CuratedPlaylist }): NewSnapshot {
  return {
    playlistId: playlist.id,
    policyId: playlist.policyId,
    day,
    restScope: draft.restScope,
    restDays: playlist.policy.rest.days,
    at: deps.now(),
    status: draft.status,
    report: draft.report,
    ...(deps.settings ? { details: detailsOfDay(deps.settings, { playlist, day, size: draft.entries.length }) } : {}),
    entries: draft.entries.map(({ recordingId, score, reasons, firstDay, isPinned, isExplicit }) => ({
      recordingId,
      score,
      reasons,
      firstDay: dayText(firstDay),
      isPinned,
      isExplicit,
    })),
    groups: draft.groups,
    ended: draft.ended.map(({ recordingId, restScope, firstDay, lastDay }) => ({
      recordingId,
      restScope,
      firstDay: dayText(firstDay),
      lastDay: dayText(lastDay),
    })),
  };
}
