import { MINUTE_MS, defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { failSimulation, runSimulation } from '#server/use-cases/curation/simulation/run-simulation.ts';

export const simulatePoliciesTask = (deps: Deps) =>
  defineTask(deps, 'simulate-policies', {
    timeoutMs: 120 * MINUTE_MS,
    run: ({ simulationId }, signal) => runSimulation(deps, simulationId, signal),
    onFinalFailure: ({ simulationId }, reason) => failSimulation(deps, simulationId, reason),
  });
