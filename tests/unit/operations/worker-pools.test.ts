import { createPoolWatch } from '#server/use-cases/operations/jobs/pool-watch.ts';
import { describe, expect, test } from 'vitest';

/** A watch with a stopwatch that the test moves, and a check of one pool. */
function startWatch() {
  let nowMs = 0;
  const watch = createPoolWatch(90, () => nowMs);
  return {
    look: (seenAt: string | null, silentS: number) => watch([{ poolId: 'pool', seenAt, silentSeconds: silentS }]).length === 1,
    pass: (seconds: number) => void (nowMs += seconds * 1000),
  };
}

describe('a worker pool is dead', () => {
  test('when it has been silent for ninety seconds, and was silent between two checks', () => {
    const watch = startWatch();
    const checks = [0, 30, 60, 90].map((silentS) => {
      watch.pass(30);
      return watch.look('04:00:00', silentS);
    });
    expect(checks).toEqual([false, false, false, true]);
  });

  test('not because the database’s clock jumped forward while it lives', () => {
    const watch = startWatch();
    watch.look('04:00:00', 5);
    watch.pass(30);
    expect(watch.look('04:00:20', 36_000)).toBe(false);
    watch.pass(30);
    expect(watch.look('14:00:40', 5)).toBe(false);
  });

  test('although the database’s clock was set back after its last heartbeat', () => {
    const watch = startWatch();
    watch.look('04:00:00', -3_600);
    watch.pass(60);
    expect(watch.look('04:00:00', -3_540)).toBe(false);
    watch.pass(30);
    expect(watch.look('04:00:00', -3_510)).toBe(true);
  });

  test('that never sent a heartbeat, by the same rule', () => {
    const watch = startWatch();
    watch.look(null, 70);
    watch.pass(30);
    expect(watch.look(null, 100)).toBe(true);
  });
});
