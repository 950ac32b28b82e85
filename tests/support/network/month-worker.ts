import { createTasks } from '#jobs/tasks/index.ts';
import { runOnce } from 'graphile-worker';
import { createTestClock } from '#tests/support/time/clock.ts';
import { openInstance } from '#tests/support/processes/instance.ts';

/** A worker process that runs the due jobs at the given clock and is killed at the given fault point. */
const { DATABASE_URL = '', MONTH_CLOCK = '', FAULT_AT = '', ...sandbox } = process.env;
const addresses = Object.entries(sandbox).flatMap(([name, value]): [string, string][] =>
  value === undefined || !/_(URL|ID|SECRET)$/.test(name) ? [] : [[name, value]],
);
const clock = createTestClock(MONTH_CLOCK);
const deps = openInstance(DATABASE_URL, Object.fromEntries(addresses), { now: clock.now, variables: { FAULT_AT } });
await runOnce({ pgPool: deps.pool, taskList: createTasks(deps), noHandleSignals: true });
await deps.close();
