import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { updateOpenSimulation } from '#server/repos/curation/simulations.ts';
import type { SimulationInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { SimulationDetailView } from '#shared/contracts/policies/policy-views.ts';
import { viewSimulation } from './view-simulation.ts';

/** Cancels a simulation that is queued or running before its next day; a finished one is left unchanged. Throws `not_found`. */
export async function cancelSimulation(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: SimulationInput): Promise<SimulationDetailView> {
  requireAdmin(actor);
  await updateOpenSimulation(deps.db, input.id, { status: 'cancelled', finishedAt: deps.now() });
  return viewSimulation(deps, actor, input);
}
