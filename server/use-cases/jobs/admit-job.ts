import type { Deps } from '#server/deps.ts';
import type { Database } from '#server/repos/database.ts';
import { listPausedTasks } from '#server/repos/task-settings.ts';
import { claimTick, insertMissedTicks } from '#server/repos/timetable-ticks.ts';
import { MISSED_DAYS } from '#server/use-cases/operations/timetable.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { dayOf } from '#shared/domain/days.ts';

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

/**
 * Decides about a job before it runs. A tick is claimed once in the whole house: a second job for it is left. A tick of a paused task is noted as
 * paused and left; a job of a paused task that no tick brought waits. A late tick of a day that is over is noted as missed where a day cannot be
 * made up for.
 */
export async function admitJob(deps: Pick<Deps, 'db' | 'now'>, { task, tick, queueJobId }: AskedJob): Promise<Admission> {
  if (!tick) return (await pausesOf(deps.db)).has(task) ? 'wait' : 'run';
  const at = deps.now();
  if (tick.isLate && MISSED_DAYS.has(task) && dayOf(tick.ts) !== dayOf(at)) {
    await insertMissedTicks(deps.db, [{ task, tick: tick.ts }], at);
    return 'leave';
  }
  const how = await claimTick(deps.db, { task, tick: tick.ts, queueJobId, at, how: tick.isLate ? 'caught_up' : 'ran' });
  return how === 'ran' || how === 'caught_up' ? 'run' : 'leave';
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
