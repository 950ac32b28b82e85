import { adminProcedure, router } from '#server/trpc.ts';
import { cancelSimulation } from '#server/use-cases/curation/simulation/cancel-simulation.ts';
import { listSimulations } from '#server/use-cases/curation/simulation/list-simulations.ts';
import { startSimulation } from '#server/use-cases/curation/simulation/start-simulation.ts';
import { viewSimulation } from '#server/use-cases/curation/simulation/view-simulation.ts';
import { simulateInput, simulationInput } from '#shared/contracts/policies/policy-inputs.ts';

/** Simulations: the days that a saved policy or a draft would fill. */
export const curationRouter = router({
  simulate: adminProcedure
    .meta({ body: 'policy', rate: 'preview' })
    .input(simulateInput)
    .mutation(({ ctx, input }) => startSimulation(ctx.deps, ctx.actor, input)),
  simulation: adminProcedure.input(simulationInput).query(({ ctx, input }) => viewSimulation(ctx.deps, ctx.actor, input)),
  simulations: adminProcedure.query(({ ctx }) => listSimulations(ctx.deps, ctx.actor)),
  cancelSimulation: adminProcedure.input(simulationInput).mutation(({ ctx, input }) => cancelSimulation(ctx.deps, ctx.actor, input)),
});
