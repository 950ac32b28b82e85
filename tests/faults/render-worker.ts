import { QUEUE_SETTINGS } from '#jobs/run-worker.ts';
import { runRenderTask } from '#jobs/tasks/run-render.ts';
import { Logger, run } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import { openRenderDeps } from '#tests/support/studio/render-process.ts';
import type { RenderPlace } from '#tests/support/studio/render-process.ts';

/** Runs renders of the queue until it is killed. Argument: where, as JSON. Prints the ids under which it locks jobs. */
const deps = openRenderDeps(JSON.parse(process.argv[2] ?? '{}') as RenderPlace);
const events = new EventEmitter();
events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => console.log(`pool ${workerPool.id} `));
const runner = await run({
  pgPool: deps.pool,
  taskList: { 'run-render': runRenderTask(deps) },
  crontab: '',
  concurrency: 6,
  pollInterval: 200,
  noHandleSignals: true,
  events,
  logger: new Logger(() => () => {}),
  preset: { worker: QUEUE_SETTINGS },
});
await runner.promise;
