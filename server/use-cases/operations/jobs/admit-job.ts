import type { Deps } from '#server/deps.ts';
import type { Database } from '#server/repos/database.ts';
import { listPausedTasks } from '#server/repos/operations/task-settings.ts';
import { claimTick, markTickMissed } from '#server/repos/operations/timetable-ticks.ts';
import { MISSED_DAYS } from '../schedule/timetable.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';

/** What becomes of a job that was taken from the queue: it runs, it is left out for good, or it waits until its task is resumed. */
export type Admission = 'run' | 'leave' | 'wait';

interface AskedJob {
  readonly task: JobName;
  readonly queueJobId: number;
  /** The tick of the timetable that brought it; undefined for a job that somebody or something asked for. */
  readonly tick: { readonly ts: Date; readonly isLate: boolean } | undefined;
}

/** How long a pause may need to reach jobs that no tick brought; asking before every job would cost more than many a job. */
const PAUSES_KNOWN_MS = 5_000;
/** A tick that had to wait longer was made up for: the house slept, or had more to do than it could. */
const LATE_MS = 3_600_000;

/**
 * Decides about a job before it runs. A tick is claimed once in the whole house: a second job for it is left. A tick of a paused task is noted as
 * paused and left; a job of a paused task that no tick brought waits. Where a tick stands for a day, one of a day that is over is noted as missed,
 * whether the house was off, the machine slept or the clock was put forward; one of a day to come throws `conflict`, so that another worker does it.
 */
export async function admitJob(deps: Pick<Deps, 'db' | 'now'>, { task, tick, queueJobId }: AskedJob): Promise<Admission> {
  if (!tick) return (await pausesOf(deps.db)).has(task) ? 'wait' : 'run';
  const at = deps.now();
  const claim = { task, tick: tick.ts, queueJobId, at };
  if (MISSED_DAYS.has(task)) {
    const [its, today] = [dayOf(tick.ts), dayOf(at)];
    if (its > today) throw fromTheFuture(its, today);
    if (its < today) {
      await markTickMissed(deps.db, claim);
      return 'leave';
    }
  }
  const isLate = tick.isLate || at.getTime() - tick.ts.getTime() > LATE_MS;
  const how = await claimTick(deps.db, { ...claim, how: isLate ? 'caught_up' : 'ran' });
  return how === 'ran' || how === 'caught_up' ? 'run' : 'leave';
}

function fromTheFuture(its: string, today: string): AppError {
  return new AppError('conflict', {
    message: `This worker’s clock says ${today}, and the job is for ${its}.`,
    remedy: 'Set the clock of the machine it runs on. The job is tried again by itself.',
  });
}

interface Pauses {
  readonly tasks: Promise<ReadonlySet<JobName>>;
  readonly askedMs: number;
}

/** One answer a database and a moment, shared by all jobs of this process. */
const pausesKnown = new WeakMap<Database, Pauses>();

function pausesOf(db: Database): Promise<ReadonlySet<JobName>> {
  const known = pausesKnown.get(db);
  const nowMs = performance.now();
  if (known && nowMs - known.askedMs < PAUSES_KNOWN_MS) return known.tasks;
  const tasks = listPausedTasks(db).then((paused) => new Set(paused.map(({ task }) => task)));
  // A question that failed is asked again by the next job.
  tasks.catch(() => pausesKnown.delete(db));
  pausesKnown.set(db, { tasks, askedMs: nowMs });
  return tasks;
}
