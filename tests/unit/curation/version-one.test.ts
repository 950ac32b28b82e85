import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestLine } from '#shared/domain/curation/simulation-tally.ts';
import { anyPolicy } from '#tests/support/network/any-policy.ts';
import { listsOf, mixture, simulateDays } from './simulated-days.ts';
import { catalogOf } from './small-catalog.ts';

/** Digests of lists as they were curated before there was version 2. */
const RECORDED = 'c4a95ca0cbae96ceaaa8e09d4b26eca0fbb6df6c740df35e842548888df4f0cd';
const POLICIES = 50;
const DAYS = 2;

test('a policy of version 1 gives the same recordings, order, scores and reasons as before version 2, whatever its settings', () => {
  const catalog = catalogOf(
    mixture(900).map((row, at) => ({ ...row, popularity: at % 7 === 0 ? null : at % 101, tempo: at % 50 === 0 ? 0 : (row.tempo ?? null) })),
  );
  const digest = createHash('sha256');
  let published = 0;
  for (const [at, drawn] of fc.sample(anyPolicy, { numRuns: POLICIES, seed: 10 }).entries()) {
    // An open pool, so that most lists can be filled.
    const policy = { ...drawn, pool: { all: [] }, mix: [], size: Math.min(drawn.size, 40), duration: undefined };
    const days = simulateDays(catalog, { from: '2026-11-21', days: DAYS, listsOn: () => listsOf(policy, 1 + (at % 2)) });
    for (const { day, drafts } of days) {
      for (const { status, entries } of drafts) {
        published += status === 'published' ? 1 : 0;
        digest.update(
          digestLine(
            day,
            at,
            entries.map(({ recordingId }) => recordingId),
          ),
        );
        digest.update(JSON.stringify(entries.map(({ score, reasons }) => [score, reasons])));
      }
    }
  }
  expect(published).toBeGreaterThan(60);
  expect(digest.digest('hex')).toBe(RECORDED);
});
