import { expect, inject, test } from 'vitest';
import { FAULTS } from './matrix/index.ts';

/** Most small doses take seconds, half a minute the longest; on a busy machine each takes its time. */
const SMALL_DOSE_LIMIT_MS = 600_000;
const SEED_MAX = 2 ** 31;

/** Given by `npm run faults`; absent in the suite, where every fault runs once with its small dose. */
const order = inject('faultOrder');
const faults = order ? FAULTS.filter(({ name }) => name === order.name) : FAULTS;

test.skipIf(order)('every fault has a name of its own', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
});

for (const fault of faults) {
  test(`${fault.name}: ${fault.what}`, { timeout: order ? 0 : SMALL_DOSE_LIMIT_MS }, async ({ onTestFailed }) => {
    const dose = order?.dose ?? fault.smallDose;
    const seed = order?.seed ?? Math.floor(Math.random() * SEED_MAX);
    onTestFailed(() => console.info(`To see it again: npm run faults -- ${fault.name} --dose ${dose} --seed ${seed}`));
    const counts = await fault.run({ dose, seed, say: (line) => console.info(`${fault.name} ${line}`) });
    // A dose that injected nothing proves nothing.
    expect(Object.values(counts).some((count) => count > 0)).toBe(true);
    for (const [what, count] of Object.entries(counts)) console.info(`${fault.name} ${what}: ${count}`);
  });
}
