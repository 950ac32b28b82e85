import { curateDay } from '#shared/domain/curation/curate-day.ts';
import { whyLine } from '#shared/domain/curation/explanations/why-summary.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { neighborsOf } from '#shared/domain/catalog/neighbors/neighbors.ts';
import type { NeighborQuestion } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { expect, test } from 'vitest';
import { listsOf } from './simulated-days.ts';
import { catalogOf } from './small-catalog.ts';

const FROM = '2026-05-01';
const catalog = catalogOf(
  Array.from({ length: 1_500 }, (_, at) => ({ artistIds: [`a${at % 500}`], energy: chanceOf(1, at), tempo: 70 + 100 * chanceOf(2, at) })),
);
const prefer = [{ field: 'energy', toward: 0.6, spread: 0.2, weight: 1 }];
/** Fifty recordings that share lists with row 0. */
const companions = Array.from({ length: 50 }, (_, at) => 20 + at * 25);
const lists = [0, 1, 2, 3].map((turn) => [0, ...companions.filter((_, at) => at % 4 !== turn)]);
const seeds: NeighborQuestion['seeds'] = [{ kind: 'recording', rows: [0] }];

function listWith(question: NeighborQuestion | undefined, body: Record<string, unknown> = {}) {
  const policy = parsePolicy({
    version: 2,
    pool: { all: [] },
    prefer,
    size: 20,
    rest: { days: 1, scope: 'playlist' },
    goesWith: { weight: 3 },
    ...body,
  });
  const neighbors = question && neighborsOf(catalog, question);
  const day = listsOf(policy, 1).map((list) => ({ ...list, refs: { ...list.refs, neighbors } }));
  const [draft] = curateDay({ catalog, day: FROM, lists: day, repeatIndex: new RepeatIndex() });
  return draft ?? expect.unreachable('no draft');
}

const inCompany = (question: NeighborQuestion | undefined) => listWith(question).entries.filter(({ row }) => companions.includes(row)).length;

test('a list goes with its examples and keeps its mean and spread', () => {
  const question = { seeds, avoid: [], lists };
  expect(inCompany(question)).toBeGreaterThanOrEqual(6);
  expect(inCompany(undefined)).toBeLessThan(4);
  const energies = listWith(question).entries.map(({ row }) => catalog.numbers.energy[row] ?? 0);
  const mean = energies.reduce((sum, energy) => sum + energy, 0) / energies.length;
  const deviation = Math.sqrt(energies.reduce((sum, energy) => sum + (energy - mean) ** 2, 0) / energies.length);
  expect(Math.abs(mean - 0.6) / 0.2).toBeLessThan(0.15);
  expect(Math.abs(deviation / 0.2 - 1)).toBeLessThan(0.15);
});

test('a list keeps away from what it does not go with', () => {
  expect(inCompany({ seeds: [], avoid: seeds, lists })).toBe(0);
});

test('a reason names the example and how many lists they are on together', () => {
  const lines = listWith({ seeds, avoid: [], lists }).entries.map(
    ({ reasons }) => [reasons.decisive?.kind, whyLine(reasons, { day: FROM })] as const,
  );
  const named = lines.filter(([kind]) => kind === 'goes_with');
  expect(named.length).toBeGreaterThanOrEqual(5);
  for (const [, line] of named) expect(line).toMatch(/^Goes with “Title 1”: on [34] lists together, drawn by lot among \d+ equals/);
});

test('where nothing of the pool is known to go with the examples, the list says so and is made without them', () => {
  const silent = catalogOf(Array.from({ length: 40 }, (_, at) => ({ artistIds: [`a${at}`] })));
  const policy = parsePolicy({ version: 2, pool: { all: [] }, size: 10 });
  const neighbors = neighborsOf(silent, { seeds, avoid: [], lists: [] });
  const day = listsOf(policy, 1).map((list) => ({ ...list, refs: { ...list.refs, neighbors } }));
  const [draft] = curateDay({ catalog: silent, day: FROM, lists: day, repeatIndex: new RepeatIndex() });
  expect(draft?.entries).toHaveLength(10);
  expect(draft?.report.notes).toContain('No recording of the pool is known to go with the examples: they have no effect.');
});
