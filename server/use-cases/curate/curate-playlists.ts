import type { Deps } from '#server/deps.ts';
import { deleteUnfilled, insertSnapshot, listSnapshotStatuses } from '#server/repos/ledger.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { listPlaylists } from '#server/repos/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/playlists.ts';
import { trackRun } from '#server/use-cases/jobs/track-run.ts';
import type { Report } from '#server/use-cases/jobs/track-run.ts';
import type { Catalogue } from '#shared/domain/catalogue-columns.ts';
import { curateGroup } from '#shared/domain/curate-group.ts';
import type { SnapshotDraft } from '#shared/domain/curate-group.ts';
import { restScopeKey } from '#shared/domain/rest-scope.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { createRestBook } from './rest-book.ts';
import type { RestBook } from './rest-book.ts';

export type CurateDeps = Pick<Deps, 'db' | 'pool' | 'stream' | 'now' | 'newId' | 'log'>;

/**
 * Makes the day's list of every active playlist that has none yet, whole or not at all; what could not be filled says why and is tried again
 * by the next run. Playlists of one policy draw from one ranking in the order of their numbers; a day that is done changes nothing.
 */
export async function curatePlaylists(
  deps: CurateDeps,
  input: { day?: string | undefined; trigger: string },
  signal: AbortSignal,
): Promise<{ outcome: string }> {
  const day = input.day ?? dayOf(deps.now());
  return trackRun(deps, { task: 'curate-playlists', trigger: input.trigger }, (report) =>
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
  const restDays = Math.max(...waiting.map((playlist) => playlist.policy.rest.days));
  const book = createRestBook(deps, loaded, { day: run.day, restDays });
  const counts = { published: 0, unfilled: 0 };
  for (const group of groupByPolicy(waiting)) {
    if (signal.aborted)
      throw new AppError('rate_limited', { message: 'The worker is stopping; the rest is curated when it is back.', retryAfterMs: 1_000 });
    for (const draft of await draftGroup(loaded.catalogue, book, { day: run.day, group })) {
      await saveDraft(deps, draft, { day: run.day, group });
      counts[draft.status] += 1;
    }
    const done = counts.published + counts.unfilled;
    await run.report({ doing: `Choosing tracks for “${group[0]?.themeTag ?? ''}”`, done, total: waiting.length, failures: counts.unfilled });
  }
  // Late or early, a list that the clock made goes out when it is ready. Who curates by hand wants to see the plan first.
  if (run.handsOver && counts.published > 0)
    await enqueueJob(deps.db, 'sync-playlists', { payload: {}, key: 'sync-playlists', queue: 'sync-playlists' });
  const unfilled = counts.unfilled === 0 ? '' : `, ${counts.unfilled} could not be filled`;
  return {
    outcome: `${counts.published} ${counts.published === 1 ? 'playlist has its list' : 'playlists have their lists'} for ${run.day}${unfilled}.`,
  };
}

/** Groups in the order of their first playlist's number, playlists in the order of theirs: who draws first is no accident of the database. */
function groupByPolicy(playlists: readonly CuratedPlaylist[]): CuratedPlaylist[][] {
  const groups = new Map<string, CuratedPlaylist[]>();
  for (const playlist of playlists) {
    const group = groups.get(playlist.policyId);
    if (group) group.push(playlist);
    else groups.set(playlist.policyId, [playlist]);
  }
  return [...groups.values()];
}

interface GroupOfDay {
  readonly day: string;
  readonly group: readonly CuratedPlaylist[];
}

async function draftGroup(catalogue: Catalogue, book: RestBook, { day, group }: GroupOfDay): Promise<readonly SnapshotDraft[]> {
  const first = group[0];
  if (!first) return [];
  const { policy, policyFamilyId } = first;
  for (const playlist of group) await book.open(restScopeKey(policy, { playlistId: playlist.id, policyFamilyId }));
  return curateGroup({ catalogue, policy, policyFamilyId, day, playlists: group, restOf: book.read });
}

async function saveDraft(deps: CurateDeps, draft: SnapshotDraft, { day, group }: GroupOfDay): Promise<void> {
  const playlist = group.find((one) => one.id === draft.playlistId);
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
      entries: draft.entries,
    });
  });
}
