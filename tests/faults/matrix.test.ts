import { expect, inject, test } from 'vitest';
import { FAULTS } from './matrix/index.ts';

/** Small doses take seconds to half a minute; longer on a busy machine. */
const SMALL_DOSE_LIMIT_MS = 600_000;
const SEED_MAX = 2 ** 31;

/** Set by `npm run faults`. Without it, each fault runs once with its small dose. */
const order = inject('faultOrder');
const faults = order ? FAULTS.filter(({ name }) => name === order.name) : FAULTS;

test.skipIf(order)('every fault has a unique name', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
});

for (const fault of faults) {
  test(`${fault.name}: ${fault.what}`, { timeout: order ? 0 : SMALL_DOSE_LIMIT_MS }, async ({ onTestFailed }) => {
    const dose = order?.dose ?? fault.smallDose;
    const seed = order?.seed ?? Math.floor(Math.random() * SEED_MAX);
    onTestFailed(() => console.info(`To reproduce: npm run faults -- ${fault.name} --dose ${dose} --seed ${seed}`));
    const counts = await fault.run({ dose, seed, report: (line) => console.info(`${fault.name} ${line}`) });
    // The run must have injected at least one fault.
    expect(Object.values(counts).some((count) => count > 0)).toBe(true);
    for (const [what, count] of Object.entries(counts)) console.info(`${fault.name} ${what}: ${count}`);
  });
}
