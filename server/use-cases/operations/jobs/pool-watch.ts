import type { LockHolder } from '#server/repos/operations/worker-heartbeats.ts';

/** Compares the pools that hold jobs with those of the previous call and returns the dead ones. */
export type PoolWatch = (holders: readonly LockHolder[]) => LockHolder[];

/**
 * Creates a check for dead pools: those without a heartbeat between two calls and for `silentSeconds`, by the database's clock or by our monotonic
 * clock. So a clock that jumps forward makes no live pool look dead, and one that is set back makes no dead pool look alive.
 */
export function createPoolWatch(silentSeconds: number, stopwatchMs: () => number = () => performance.now()): PoolWatch {
  let previous = new Map<string, { readonly seenAt: string | null; readonly sinceMs: number }>();
  return (holders) => {
    const nowMs = stopwatchMs();
    const seen = new Map(
      holders.map(({ poolId, seenAt }) => {
        const before = previous.get(poolId);
        return [poolId, before?.seenAt === seenAt ? before : { seenAt, sinceMs: nowMs }] as const;
      }),
    );
    const dead = holders.filter(({ poolId, seenAt, silentSeconds: silentS }) => {
      const before = previous.get(poolId);
      return before?.seenAt === seenAt && (silentS >= silentSeconds || nowMs - before.sinceMs >= silentSeconds * 1000);
    });
    previous = seen;
    return dead;
  };
}
