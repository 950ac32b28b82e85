import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { assess, greedy, policyOf } from './feasibility-catalog.ts';
import type { Sketch } from './feasibility-catalog.ts';

/** Policies with their results by the plain implementation, which simulated every day of every reduced policy with its order and reasons. */
const RECORDED = z
  .array(z.object({ sketch: z.custom<Sketch>(), lists: z.number(), beside: z.boolean(), view: z.object({ kind: z.string() }).loose() }))
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/feasibility-verdicts.json', import.meta.url), 'utf8')));

test.for(RECORDED.map((one, at) => [at + 1, one] as const))(
  'recorded policy %d has the same result, conflicts and words as by simulating everything',
  ([, { sketch, lists, beside, view }]) => {
    expect(assess(policyOf(sketch), { lists, ...(beside ? { others: greedy } : {}) })).toEqual(view);
  },
);

test('the recorded policies are feasible, infeasible at once, later and by counting, and in conflict with other playlists', () => {
  const kinds = RECORDED.map(({ view }) => view);
  expect(kinds.filter(({ kind }) => kind === 'feasible').length).toBeGreaterThan(10);
  expect(kinds.filter(({ kind, dryDay }) => kind === 'infeasible' && dryDay === 1).length).toBeGreaterThan(3);
  expect(kinds.filter(({ kind, dryDay }) => kind === 'infeasible' && Number(dryDay) > 1).length).toBeGreaterThan(3);
});
