import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findSimulation } from '#server/repos/curation/simulations.ts';
import type { SimulationRow } from '#server/repos/curation/simulations.ts';
import { readStoredPolicy } from '#server/repos/policies/stored-policy.ts';
import type { SimulationInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { SimulatedDraft, SimulationDetailView, SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { AppError } from '#shared/errors.ts';

/** Progress and results of a simulation. Throws `not_found`. */
export async function viewSimulation(deps: Pick<Deps, 'db'>, actor: Actor, input: SimulationInput): Promise<SimulationDetailView> {
  requireAdmin(actor);
  const row = await findSimulation(deps.db, input.id);
  if (!row) throw new AppError('not_found', { message: 'This simulation does not exist.', remedy: 'Choose one from the list, or start another.' });
  return { ...toSimulationView(row), draft: draftIn(row) };
}

/** The draft among the variants, with defaults filled in by the current schema; null if there is not exactly one. */
function draftIn({ input }: SimulationRow): SimulatedDraft | null {
  const drafts = input.variants.filter((variant) => variant.body !== undefined);
  const [draft] = drafts;
  if (!draft || drafts.length > 1) return null;
  return { familyId: draft.familyId ?? null, name: draft.saveAs ?? draft.name, policy: readStoredPolicy(draft.body) };
}

/** A simulation as a row in a list: results of the lists in question, without chart data. */
export function toSimulationLine(row: SimulationRow): SimulationView {
  const view = toSimulationView(row);
  return { ...view, results: view.results.map(({ name, own, result }) => ({ name, result: { ...(own ?? result), reuseDistances: [] } })) };
}

/** A simulation as its page shows it. */
function toSimulationView(row: SimulationRow): SimulationView {
  const { id, status, title, done, total, problem, createdAt, results } = row;
  return { id, status, title, done, total, problem, createdAt: createdAt.toISOString(), results: results ?? [] };
}
