import type { WorkerEvents } from 'graphile-worker';

export interface QueuePolls {
  /** Ids of the pools that graphile-worker created in this process: jobs are locked under them. */
  readonly pools: ReadonlySet<string>;
  /** Those that still take jobs. */
  readonly activePools: ReadonlySet<string>;
  /** Milliseconds since the last successful poll of the queue; 0 while every slot is busy, because then no poll is due. */
  readonly sinceLastPollMs: () => number;
}

/** Several queues of one process as one: as silent as the most silent of them. */
export function joinPolls(queues: readonly QueuePolls[]): QueuePolls {
  return {
    get pools() {
      return new Set(queues.flatMap(({ pools }) => [...pools]));
    },
    get activePools() {
      return new Set(queues.flatMap(({ activePools }) => [...activePools]));
    },
    sinceLastPollMs: () => Math.max(...queues.map((queue) => queue.sinceLastPollMs())),
  };
}

/** Tracks whether the worker still polls the queue successfully: a worker whose every poll fails only looks alive. */
export function watchPolls(events: WorkerEvents, slots: number): QueuePolls {
  const pools = new Set<string>();
  const activePools = new Set<string>();
  let lastPollMs = performance.now();
  let busy = 0;
  const notePoll = () => (lastPollMs = performance.now());
  events.on('pool:create', ({ workerPool }) => {
    pools.add(workerPool.id);
    activePools.add(workerPool.id);
  });
  events.on('pool:release', ({ workerPool }) => activePools.delete(workerPool.id));
  events.on('worker:getJob:empty', notePoll);
  events.on('job:start', () => {
    busy += 1;
    notePoll();
  });
  events.on('job:complete', () => {
    busy -= 1;
    notePoll();
  });
  return { pools, activePools, sinceLastPollMs: () => (busy >= slots ? 0 : performance.now() - lastPollMs) };
}
