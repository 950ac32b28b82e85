import path from 'node:path';
import { expect, test } from 'vitest';
import { walkPlan } from '../../support/architecture/plan-walk.ts';

const FUNCTIONS_MAX = 12;
/** Creating the TypeScript program takes 20–40 s, and longer beside other tests. */
const TIMEOUT_MS = 180_000;

test(`a plan’s hash reaches its receipt through at most ${FUNCTIONS_MAX} functions`, { timeout: TIMEOUT_MS }, () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const visits = walkPlan(root, { file: 'server/use-cases/sync/apply/apply-sync-plan.ts', name: 'applySyncPlan' }, 'server/use-cases');
  const names = visits.map(({ name }) => name);
  // A walk that follows no calls would pass the limit, too.
  expect(names).toEqual(expect.arrayContaining(['applySyncPlan', 'applyStoredPlan', 'hashPlan', 'applyPlan']));
  const list = visits.map(({ name, file, parameter }) => `${name}(${parameter}) in ${file}`).join('\n');
  expect(visits.length, `These functions are given the plan or its hash:\n${list}\n`).toBeLessThanOrEqual(FUNCTIONS_MAX);
});
