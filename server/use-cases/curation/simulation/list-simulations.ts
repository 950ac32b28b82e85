import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listSimulationRows as listRows } from '#server/repos/curation/simulations.ts';
import type { SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { toSimulationLine } from './view-simulation.ts';

const SHOWN = 20;

/** The latest simulations with their results, newest first. */
export async function listSimulations(deps: Pick<Deps, 'db'>, actor: Actor): Promise<SimulationView[]> {
  requireAdmin(actor);
  return (await listRows(deps.db, SHOWN)).map(toSimulationLine);
}
