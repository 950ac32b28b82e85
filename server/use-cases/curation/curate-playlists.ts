import type { Deps } from '#server/deps.ts';
import { endStaysOfRetired, listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import type { NewSnapshot } from '#server/repos/curation/ledger.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { faceOfDay } from './face-of-day.ts';
import { TRIED_AGAIN, trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import type { Report } from '#server/use-cases/operations/jobs/track-run.ts';
import { dayText } from '#shared/domain/calendar.ts';
import { curateDaySteps } from '#shared/domain/curation/curate-day.ts';
import type { DayRequest, SnapshotDraft } from '#shared/domain/curation/curate-day.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { setImmediate } from 'node:timers/promises';
import { commitDay } from './commit-day.ts';
import type { CommittedDay, DecidedList } from './commit-day.ts';
import { loadCatalogue } from '#server/use-cases/catalog/load-catalog.ts';
import { openLists } from './open-lists.ts';
import { readMemory } from './read-memory.ts';

/** Refused lists that a run names; more than these have one cause. */
const NAMED_MAX = 4;

/** With the settings a list's title of that day is kept too. */
export type CurateDeps = Pick<Deps, 'db' | 'pool' | 'stream' | 'now' | 'newId' | 'log' | 'faultPoint'> & Partial<Pick<Deps, 'settings'>>;

/**
 * Makes the day's list of every active playlist that has none yet; what could not be filled says why and is tried again by the next run. The
 * lists of a day are decided together and committed together with the handing over to sync, so a run that is killed leaves nothing and the next
 * one makes the same day. A day that is done changes nothing.
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

interface RunOfDay {
  readonly day: string;
  readonly report: Report;
  readonly handsOver: boolean;
}

async function curateDay(deps: CurateDeps, run: RunOfDay, signal: AbortSignal): Promise<{ outcome: string }> {
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
  deps.faultPoint('curate.after_read');
  const drafts = await decide({ catalogue: loaded.catalogue, day: run.day, lists, memory }, run.report, signal);
  deps.faultPoint('curate.after_decision');
  const decided = drafts.map((draft) => decidedList(deps, draft, { ...run, playlists: waiting }));
  const committed = await commitDay(deps, { ...run, lists: decided, checkOn: () => requireGoingOn(signal) });
  deps.faultPoint('curate.after_commit');
  return { outcome: outcomeOf(run.day, committed) };
}

/** Throws `conflict` when lists were refused, so that the queue decides them anew; the others stand. */
function outcomeOf(day: string, { published, unfilled, refused }: CommittedDay): string {
  const without = unfilled === 0 ? '' : `, ${unfilled} could not be filled`;
  const made = `${published} ${published === 1 ? 'playlist has its list' : 'playlists have their lists'} for ${day}${without}`;
  const [first] = refused;
  if (!first) return `${made}.`;
  const name = ({ list }: typeof first) => `#${list.globalIndex} ${list.themeTag}`;
  const others =
    refused.length > 1
      ? ` So it did with ${refused.slice(1, NAMED_MAX).map(name).join(', ')}${refused.length > NAMED_MAX ? ' and others' : ''}.`
      : '';
  throw new AppError('conflict', {
    message: `${made}; ${refused.length} refused. ${name(first)}: ${first.why.says} (${first.why.detail})${others}`,
    remedy: TRIED_AGAIN,
  });
}

/** Decides the lists without keeping everybody else waiting: whoever asks this process something is answered in between. */
async function decide(request: DayRequest, report: Report, signal: AbortSignal): Promise<SnapshotDraft[]> {
  await report({ doing: 'Choosing tracks', done: 0, total: request.lists.length });
  const steps = curateDaySteps(request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
    requireGoingOn(signal);
  }
}

function requireGoingOn(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new AppError('rate_limited', { message: 'The worker is stopping; the rest is curated when it is back.', retryAfterMs: 1_000 });
}

type DecidedDay = RunOfDay & { readonly playlists: readonly CuratedPlaylist[] };

function decidedList(deps: CurateDeps, draft: SnapshotDraft, { day, playlists }: DecidedDay): DecidedList {
  const playlist = playlists.find((one) => one.id === draft.playlistId);
  if (!playlist) throw new Error('A draft came back for a playlist that was not asked for.');
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
  };
}
