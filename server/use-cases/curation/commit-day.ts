import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { deleteUnfilled, insertSnapshot, requireCompleteSnapshots } from '#server/repos/curation/ledger.ts';
import type { NewSnapshot } from '#server/repos/curation/ledger.ts';
import type { Report } from '#server/use-cases/progress.ts';
import { day as dayId } from '#shared/ids.ts';
import { listRejectionOf } from './list-rejection.ts';
import type { ListRejection } from './list-rejection.ts';
import { requireExclusivity } from './require-exclusivity.ts';

/** Progress is reported every this many lists. */
const LISTS_PER_REPORT = 20;

/** A list that was decided and not stored yet, with the number and theme of its playlist. */
export interface DecidedList {
  readonly snapshot: NewSnapshot;
  readonly globalIndex: number;
  readonly themeTag: string;
}

interface DayToCommit {
  readonly day: string;
  readonly lists: readonly DecidedList[];
  readonly startsSync: boolean;
  readonly report: Report;
  /** Throws when the run has to stop. */
  readonly throwIfStopped: () => void;
}

export interface CommittedDay {
  readonly published: number;
  readonly unfilled: number;
  /** Lists that the database rejected, each with the reason; they are stored as unfilled and can be retried. */
  readonly rejected: readonly { readonly list: DecidedList; readonly why: ListRejection }[];
}

type CommitDeps = Pick<Deps, 'db' | 'log' | 'faultPoint'>;

/**
 * Stores all lists of the day in one transaction. Committed one by one, an interrupted day would be allocated again among fewer lists, and the result
 * would depend on when the process died. If the database rejects a list, the day is stored without it: one bad list must not keep the others from
 * being updated.
 */
export async function commitDay(deps: CommitDeps, day: DayToCommit): Promise<CommittedDay> {
  try {
    return await storeDay(deps, day, storeList);
  } catch (error) {
    if (listRejectionOf(error) === undefined) throw error;
    deps.log.warn('the database rejected a list; storing the day without it', { day: day.day, error });
    return storeDay(deps, day, storeInSavepoint);
  }
}

type Store = (tx: Db, list: DecidedList) => Promise<ListRejection | undefined>;

async function storeDay(deps: CommitDeps, { day, lists, startsSync, report, throwIfStopped }: DayToCommit, store: Store): Promise<CommittedDay> {
  const counts = { published: 0, unfilled: 0 };
  const refused: { list: DecidedList; why: ListRejection }[] = [];
  await deps.db.transaction(async (tx) => {
    for (const [at, list] of lists.entries()) {
      throwIfStopped();
      const why = await store(tx, list);
      if (why) refused.push({ list, why });
      else counts[list.snapshot.status] += 1;
      deps.faultPoint('curate.after_list');
      const failures = counts.unfilled + refused.length;
      if ((at + 1) % LISTS_PER_REPORT === 0) await report({ doing: 'Saving lists', done: at + 1, total: lists.length, failures });
    }
    // Scheduled curation starts the sync of its own day, however late it runs. After manual curation the operator wants to see the plan first.
    if (startsSync && counts.published > 0)
      await enqueueJob(tx, 'sync-playlists', { payload: { day: dayId.parse(day) }, key: `sync:${day}`, queue: 'sync-playlists' });
    await requireExclusivity(tx, day);
    deps.faultPoint('curate.before_commit');
  });
  return { ...counts, rejected: refused };
}

async function storeList(tx: Db, { snapshot }: DecidedList): Promise<undefined> {
  await deleteUnfilled(tx, snapshot.playlistId, snapshot.day);
  await insertSnapshot(tx, snapshot);
}

/** Stores a list in its own savepoint; a rejected list is stored as unfilled with the reason. */
async function storeInSavepoint(tx: Db, list: DecidedList): Promise<ListRejection | undefined> {
  const why = await tryInSavepoint(tx, list);
  if (why === undefined) return undefined;
  const { details: _, groups: _groups, ended: _ended, ...bare } = list.snapshot;
  const snapshot: NewSnapshot = { ...bare, status: 'unfilled', entries: [], report: { ...bare.report, shortfall: [why.message] } };
  await tryInSavepoint(tx, { ...list, snapshot });
  return why;
}

async function tryInSavepoint(tx: Db, list: DecidedList): Promise<ListRejection | undefined> {
  try {
    await tx.transaction(async (inner) => {
      await storeList(inner, list);
      await requireCompleteSnapshots(inner);
    });
    return undefined;
  } catch (error) {
    const why = listRejectionOf(error);
    if (why === undefined) throw error;
    return why;
  }
}
