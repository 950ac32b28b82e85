import type { WorkerEvents } from 'graphile-worker';

export interface Polls {
  /** Ids of the pools that graphile-worker made for us: jobs are locked in their names. */
  readonly pools: ReadonlySet<string>;
  /** Those of them that still take jobs. */
  readonly living: ReadonlySet<string>;
  /** Milliseconds since somebody asked the queue for work and was answered; 0 while every place is busy, because then nobody has to ask. */
  readonly silentMs: () => number;
}

/** Hears whether the worker still asks the queue for work and is answered: a worker whose every question fails only looks alive. */
export function watchPolls(events: WorkerEvents, places: number): Polls {
  const pools = new Set<string>();
  const living = new Set<string>();
  let heardMs = performance.now();
  let busy = 0;
  const hear = () => (heardMs = performance.now());
  events.on('pool:create', ({ workerPool }) => {
    pools.add(workerPool.id);
    living.add(workerPool.id);
  });
  events.on('pool:release', ({ workerPool }) => living.delete(workerPool.id));
  events.on('worker:getJob:empty', hear);
  events.on('job:start', () => {
    busy += 1;
    hear();
  });
  events.on('job:complete', () => {
    busy -= 1;
    hear();
  });
  return { pools, living, silentMs: () => (busy >= places ? 0 : performance.now() - heardMs) };
}
