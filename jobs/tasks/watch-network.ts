import { defineTask } from '#jobs/define-task.ts';
import type { Deps } from '#server/deps.ts';
import { watchNetwork } from '#server/use-cases/operations/watch-network.ts';

export const watchNetworkTask = (deps: Deps) => defineTask(deps, 'watch-network', { run: () => watchNetwork(deps) });
