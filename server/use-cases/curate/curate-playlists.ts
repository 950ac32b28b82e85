import type { Deps } from '#server/deps.ts';
import { deleteUnfilled, endStaysOfRetired, insertSnapshot, listSnapshotStatuses } from '#server/repos/ledger.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { listPlaylists } from '#server/repos/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/playlists.ts';
import { faceOfDay } from '#server/use-cases/history/face-of-day.ts';
import { trackRun } from '#server/use-cases/jobs/track-run.ts';
import type { Report } from '#server/use-cases/jobs/track-run.ts';
import { dayText } from '#shared/domain/calendar.ts';
import { curateDaySteps } from '#shared/domain/curate-day.ts';
import type { DayRequest, SnapshotDraft } from '#shared/domain/curate-day.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { setImmediate } from 'node:timers/promises';
import { loadCatalogue } from './load-catalogue.ts';
import { openLists } from './open-lists.ts';
import { readMemory } from './read-memory.ts';

/** With the settings a list's title of that day is kept too. */
/** People follow the run; the lists are the work. */
const REPORTED_EACH = 20;

export type CurateDeps = Pick<Deps, 'db' | 'pool' | 'stream' | 'now' | 'newId' | 'log'> & Partial<Pick<Deps, 'settings'>>;

/**
 * Makes the day's list of every active playlist that has none yet, whole or not at all; what could not be filled says why and is tried again
 * by the next run. The lists of a day are decided together; a day that is done changes nothing.
 */
export async function curatePlaylists(
  deps: CurateDeps,
  input: { day?: string | undefined; trigger: string },
  signal: AbortSignal,
): Promise<{ outcome: string }> {
  const day = input.day ?? dayOf(deps.now());
  return trackRun(deps, { task: 'curate-playlists', trigger: input.trigger, signal }, (report) =>
    curateDay(deps, { day, report, handsOver: input.trigger === 'timetable' }, signal),
  );
}

async function curateDay(
  deps: CurateDeps,
  run: { day: string; report: Report; handsOver: boolean },
  signal: AbortSignal,
): Promise<{ outcome: string }> {
  const statuses = await listSnapshotStatuses(deps.db, run.day);
  const waiting = (await listPlaylists(deps.db, { status: 'active' })).filter((playlist) => statuses.get(playlist.id) !== 'published');
  if (waiting.length === 0) return { outcome: `Every playlist has its list for ${run.day}.` };
  await run.report({ doing: 'Reading the catalogue', done: 0, total: waiting.length });
  const loaded = await loadCatalogue(
    deps,
    waiting.map((playlist) => playlist.policy),
  );
  await endStaysOfRetired(deps.db);
  const lists = (await openLists(deps, loaded, { from: run.day, playlists: waiting }))(run.day);
  const memory = await readMemory(deps, loaded, { day: run.day, lists });
  const drafts = await decide({ catalogue: loaded.catalogue, day: run.day, lists, memory }, run.report, signal);
  const counts = { published: 0, unfilled: 0 };
  for (const draft of drafts) {
    if (signal.aborted) throw stopping();
    await saveDraft(deps, draft, { day: run.day, playlists: waiting });
    counts[draft.status] += 1;
    const done = counts.published + counts.unfilled;
    if (done % REPORTED_EACH === 0) await run.report({ doing: 'Writing the lists down', done, total: waiting.length, failures: counts.unfilled });
  }
  // Late or early, a list that the clock made goes out when it is ready. Who curates by hand wants to see the plan first.
  if (run.handsOver && counts.published > 0)
    await enqueueJob(deps.db, 'sync-playlists', { payload: {}, key: 'sync-playlists', queue: 'sync-playlists' });
  const unfilled = counts.unfilled === 0 ? '' : `, ${counts.unfilled} could not be filled`;
  return {
    outcome: `${counts.published} ${counts.published === 1 ? 'playlist has its list' : 'playlists have their lists'} for ${run.day}${unfilled}.`,
  };
}

/** Decides the lists without keeping everybody else waiting: whoever asks this process something is answered in between. */
async function decide(request: DayRequest, report: Report, signal: AbortSignal): Promise<SnapshotDraft[]> {
  await report({ doing: 'Choosing tracks', done: 0, total: request.lists.length });
  const steps = curateDaySteps(request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
    if (signal.aborted) throw stopping();
  }
}

function stopping(): AppError {
  return new AppError('rate_limited', { message: 'The worker is stopping; the rest is curated when it is back.', retryAfterMs: 1_000 });
}

async function saveDraft(
  deps: CurateDeps,
  draft: SnapshotDraft,
  { day, playlists }: { day: string; playlists: readonly CuratedPlaylist[] },
): Promise<void> {
  const playlist = playlists.find((one) => one.id === draft.playlistId);
  if (!playlist) throw new Error('A draft came back for a playlist that was not asked for.');
  await deps.db.transaction(async (tx) => {
    await deleteUnfilled(tx, playlist.id, day);
    await insertSnapshot(tx, {
      playlistId: playlist.id,
      policyId: playlist.policyId,
      day,
      restScope: draft.restScope,
      restDays: playlist.policy.rest.days,
      at: deps.now(),
      status: draft.status,
      report: draft.report,
      ...(deps.settings ? { face: faceOfDay(deps.settings, { playlist, day, size: draft.entries.length }) } : {}),
      entries: draft.entries.map(({ recordingId, score, reasons, firstDay, isPinned }) => ({
        recordingId,
        score,
        reasons,
        firstDay: dayText(firstDay),
        isPinned,
      })),
      groups: draft.groups,
      ended: draft.ended.map(({ recordingId, restScope, firstDay, lastDay }) => ({
        recordingId,
        restScope,
        firstDay: dayText(firstDay),
        lastDay: dayText(lastDay),
      })),
    });
  });
}
