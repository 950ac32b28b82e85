import type { LockHolder } from '#server/repos/operations/worker-heartbeats.ts';

/** What a sweeper remembers of its looks at the pools that hold jobs. */
export type PoolWatch = (holders: readonly LockHolder[]) => LockHolder[];

/**
 * Tells the pools that are dead from look to look: those that nothing was heard of between two looks and for `silentSeconds`, by the database's clock or
 * by our own stopwatch. So no living pool seems silent because a clock leapt forward, and no dead one seems alive because it was put back.
 */
export function watchPools(silentSeconds: number, stopwatchMs: () => number = () => performance.now()): PoolWatch {
  let known = new Map<string, { readonly seenAt: string | null; readonly sinceMs: number }>();
  return (holders) => {
    const nowMs = stopwatchMs();
    const looked = new Map(
      holders.map(({ poolId, seenAt }) => {
        const before = known.get(poolId);
        return [poolId, before?.seenAt === seenAt ? before : { seenAt, sinceMs: nowMs }] as const;
      }),
    );
    const dead = holders.filter(({ poolId, seenAt, silentS }) => {
      const before = known.get(poolId);
      return before?.seenAt === seenAt && (silentS >= silentSeconds || nowMs - before.sinceMs >= silentSeconds * 1000);
    });
    known = looked;
    return dead;
  };
}
