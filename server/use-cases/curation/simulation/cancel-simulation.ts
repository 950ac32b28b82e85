import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { updateOpenSimulation } from '#server/repos/curation/simulations.ts';
import type { SimulationInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { SimulationDetailView } from '#shared/contracts/policies/policy-views.ts';
import { viewSimulation } from './view-simulation.ts';

/** Ends a simulation that is waiting or under way, before its next day; one that is over stays as it is. Throws `not_found`. */
export async function cancelSimulation(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: SimulationInput): Promise<SimulationDetailView> {
  requireAdmin(actor);
  await updateOpenSimulation(deps.db, input.id, { status: 'cancelled', finishedAt: deps.now() });
  return viewSimulation(deps, actor, input);
}
