import { defineTrackedTask } from '#jobs/define-tracked-task.ts';
import type { Deps } from '#server/deps.ts';
import { failSimulation, runSimulation } from '#server/use-cases/curation/simulation/run-simulation.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

export const simulatePoliciesTask = (deps: Deps) =>
  defineTrackedTask(deps, 'simulate-policies', {
    timeoutMs: 120 * MINUTE_MS,
    trigger: () => 'queue',
    run: ({ simulationId }, signal, report) => runSimulation(deps, { id: simulationId, signal }, report),
    onFinalFailure: ({ simulationId }, reason) => failSimulation(deps, simulationId, reason),
  });
