import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { findLastSnapshotDay } from '#server/repos/curation/snapshots-read.ts';
import { insertSimulation } from '#server/repos/curation/simulations.ts';
import { requireNoPriorityCycle } from '#server/use-cases/policies/require-no-priority-cycle.ts';
import type { SimulateInput } from '#shared/contracts/policies/policy-inputs.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { day } from '#shared/ids.ts';
import type { Day } from '#shared/ids.ts';
import { requireVariant } from './require-variant.ts';

/** Queues a simulation and returns its id. Starts on the first day without lists by default. Throws `invalid_input` or `not_found` for an invalid variant. */
export async function startSimulation(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: SimulateInput): Promise<{ id: string }> {
  requireAdmin(actor);
  if (new Set(input.variants.map((variant) => variant.name)).size < input.variants.length)
    throw new AppError('invalid_input', {
      message: 'Two variants have the same name.',
      remedy: 'Give them different names.',
      field: 'variants.1.name',
    });
  for (const variant of input.variants) {
    const draft = await requireVariant(deps.db, variant);
    if (draft) await requireNoPriorityCycle(deps, draft.policy, draft.familyId);
  }
  const from = await firstDay(deps, input.from);
  const id = deps.newId();
  const title = `${input.days} ${input.days === 1 ? 'day' : 'days'} from ${from}: ${input.variants.map(titleOf).join(' and ')}`;
  await deps.db.transaction(async (tx) => {
    const total = input.days * input.variants.length;
    await insertSimulation(tx, { id, title, input: { ...input, from }, total, createdBy: actorName(actor), createdAt: deps.now() });
    // One at a time: simulating a large network uses a full core and much memory.
    await enqueueJob(tx, 'simulate-policies', { payload: { simulationId: id }, key: `simulate:${id}`, queue: 'simulate-policies' });
  });
  return { id };
}

/** Many drafts are simulated in a day: the title names the policy of each. */
const titleOf = ({ name, saveAs }: SimulateInput['variants'][number]) => (saveAs === undefined ? name : `the draft of “${saveAs}”`);

/** A day that has lists is not simulated again: the following days would build on lists that were never published. */
async function firstDay(deps: Pick<Deps, 'db' | 'now'>, requested: Day | undefined): Promise<Day> {
  const last = await findLastSnapshotDay(deps.db);
  const today = dayOf(deps.now());
  const first = last !== null && last >= today ? addDays(last, 1) : today;
  if (requested === undefined || last === null || requested > last) return requested ?? day.parse(first);
  throw new AppError('invalid_input', { message: `There are already lists for ${last}.`, remedy: `Start on ${first} or later.`, field: 'from' });
}
