import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { deleteUnfilled, insertSnapshot, requireWhole } from '#server/repos/curation/ledger.ts';
import type { NewSnapshot } from '#server/repos/curation/ledger.ts';
import type { Report } from '#server/use-cases/operations/jobs/track-run.ts';
import { day as dayId } from '#shared/ids.ts';
import { refusalOf } from './refusal-of.ts';
import type { Refusal } from './refusal-of.ts';
import { requireUnshared } from './require-unshared.ts';

/** People follow the run; the lists are the work. */
const REPORTED_EACH = 20;

/** A decided list on its way into the ledger, with what people call its playlist. */
export interface DecidedList {
  readonly snapshot: NewSnapshot;
  readonly globalIndex: number;
  readonly themeTag: string;
}

interface DayToCommit {
  readonly day: string;
  readonly lists: readonly DecidedList[];
  readonly handsOver: boolean;
  readonly report: Report;
  /** Throws when the work has to end here. */
  readonly checkOn: () => void;
}

export interface CommittedDay {
  readonly published: number;
  readonly unfilled: number;
  /** Lists that the database would not take, each with why; they stand as unfilled and may be tried again. */
  readonly refused: readonly { readonly list: DecidedList; readonly why: Refusal }[];
}

type CommitDeps = Pick<Deps, 'db' | 'log' | 'faultPoint'>;

/**
 * Stores all lists of the day in one transaction. Were they committed one by one, what is left of a day that was cut off would be shared out among
 * fewer lists, and the day would depend on when the power went. Where the database refuses the day because of a list, the day is stored without
 * that list: one must not keep all the others from being fresh.
 */
export async function commitDay(deps: CommitDeps, day: DayToCommit): Promise<CommittedDay> {
  try {
    return await storeDay(deps, day, storeList);
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    deps.log.warn('the database refused a list, and the day is stored without it', { day: day.day, error });
    return storeDay(deps, day, storeApart);
  }
}

type Store = (tx: Db, list: DecidedList) => Promise<Refusal | undefined>;

async function storeDay(deps: CommitDeps, { day, lists, handsOver, report, checkOn }: DayToCommit, store: Store): Promise<CommittedDay> {
  const counts = { published: 0, unfilled: 0 };
  const refused: { list: DecidedList; why: Refusal }[] = [];
  await deps.db.transaction(async (tx) => {
    for (const [at, list] of lists.entries()) {
      checkOn();
      const why = await store(tx, list);
      if (why) refused.push({ list, why });
      else counts[list.snapshot.status] += 1;
      deps.faultPoint('curate.after_list');
      const failures = counts.unfilled + refused.length;
      if ((at + 1) % REPORTED_EACH === 0) await report({ doing: 'Writing the lists down', done: at + 1, total: lists.length, failures });
    }
    // Late or early, a list that the clock made goes out when it is ready, for its own day. Who curates by hand wants to see the plan first.
    if (handsOver && counts.published > 0)
      await enqueueJob(tx, 'sync-playlists', { payload: { day: dayId.parse(day) }, key: `sync:${day}`, queue: 'sync-playlists' });
    await requireUnshared(tx, day);
    deps.faultPoint('curate.before_commit');
  });
  return { ...counts, refused };
}

async function storeList(tx: Db, { snapshot }: DecidedList): Promise<undefined> {
  await deleteUnfilled(tx, snapshot.playlistId, snapshot.day);
  await insertSnapshot(tx, snapshot);
}

/** Stores a list on a savepoint of its own; one that is refused leaves the note of an unfilled day that says why. */
async function storeApart(tx: Db, list: DecidedList): Promise<Refusal | undefined> {
  const why = await tryApart(tx, list);
  if (why === undefined) return undefined;
  const { face: _, groups: _groups, ended: _ended, ...bare } = list.snapshot;
  const snapshot: NewSnapshot = { ...bare, status: 'unfilled', entries: [], report: { ...bare.report, shortfall: [why.says] } };
  await tryApart(tx, { ...list, snapshot });
  return why;
}

async function tryApart(tx: Db, list: DecidedList): Promise<Refusal | undefined> {
  try {
    await tx.transaction(async (inner) => {
      await storeList(inner, list);
      await requireWhole(inner);
    });
    return undefined;
  } catch (error) {
    const why = refusalOf(error);
    if (why === undefined) throw error;
    return why;
  }
}
