import { curateDay } from '#shared/domain/curation/curate-day.ts';
import { checkFeasibility } from '#shared/domain/curation/feasibility/feasibility.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { fieldLabel } from '#shared/domain/policies/describe-policy.ts';
import { findTemplate, POLICY_TEMPLATES } from '#shared/domain/policies/policy-templates.ts';
import { expect, test } from 'vitest';
import { generatedRecordings } from './generated-recordings.ts';
import { listsOf } from './simulated-days.ts';

const FROM = '2026-11-21';
/** Enough for a second day; a check of the whole window is a test of feasibility, not of templates. */
const DAYS = 2;
const DEMO_ALBUMS = 2_000;
const SMALL_ALBUMS = 60;

type Template = (typeof POLICY_TEMPLATES)[number];

function feasibilityOf(catalog: Catalog, { policy }: Template): FeasibilityView {
  const own = listsOf(policy, 1);
  const steps = checkFeasibility({ catalog, from: FROM, days: DAYS, policy, own, others: [], repeatIndex: new RepeatIndex(), refsOf: () => NO_REFS });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function listOf(catalog: Catalog, { policy }: Template) {
  const [draft] = curateDay({ catalog, day: FROM, lists: listsOf(policy, 1), repeatIndex: new RepeatIndex() });
  return draft;
}

test('there are sixteen templates, each with a name of its own and one sentence, and each is valid as it is', () => {
  expect(POLICY_TEMPLATES).toHaveLength(16);
  expect(new Set(POLICY_TEMPLATES.map(({ id }) => id)).size).toBe(16);
  expect(new Set(POLICY_TEMPLATES.map(({ name }) => name)).size).toBe(16);
  for (const { id, description, policy } of POLICY_TEMPLATES) {
    expect(description, id).toMatch(/^[A-Z][^.!?]*(?:\d\.\d[^.!?]*)*\.$/);
    expect(parsePolicy(policy), id).toEqual(policy);
    expect(policy.version, id).toBe(2);
  }
  expect(findTemplate('sleep').name).toBe('Sleep');
  expect(findTemplate('no such template')).toBe(POLICY_TEMPLATES[0]);
});

test('on a catalog of the demo’s size each template fills a list that has its means or says that it has not, and passes the check or names its conflict', () => {
  const catalog = generatedRecordings(DEMO_ALBUMS);
  const verdicts = POLICY_TEMPLATES.map((template) => {
    const feasibility = feasibilityOf(catalog, template);
    if (feasibility.kind === 'infeasible') expect(feasibility.conflict.length, template.id).toBeGreaterThan(0);
    const draft = listOf(catalog, template);
    expect(draft?.status === 'published' || (draft?.report.shortfall.length ?? 0) > 0, template.id).toBe(true);
    // What the catalog does not have is said, never a silent default.
    const silent = (draft?.report.measures ?? []).filter(
      ({ field, toward, spread, mean }) =>
        mean !== null &&
        Math.abs(mean - toward) > spread / 2 &&
        !draft?.report.notes?.some((note) => note.startsWith(`${fieldLabel(field, { isShort: true })}: mean`)),
    );
    return { id: template.id, kind: feasibility.kind, status: draft?.status, silent };
  });
  expect(verdicts.flatMap(({ silent }) => silent)).toEqual([]);
  // The newest album of the demo is a year old.
  const unfilled = verdicts.flatMap(({ id, status }) => (status === 'published' ? [] : [id]));
  expect(unfilled).toContain('new-releases');
  expect(unfilled.length).toBeLessThanOrEqual(4);
  expect(verdicts.filter(({ kind, status }) => kind === 'feasible' && status === 'published').length).toBeGreaterThanOrEqual(10);
}, 120_000);

test('on a small catalog a template that cannot be filled says which of its rules conflict', () => {
  const catalog = generatedRecordings(SMALL_ALBUMS);
  const kinds = ['everything', 'sleep', 'gym', 'decades-mix'].map(findTemplate).map((template) => {
    const feasibility = feasibilityOf(catalog, template);
    if (feasibility.kind !== 'infeasible') return feasibility.kind;
    expect(feasibility.summary.length, template.id).toBeGreaterThan(0);
    expect(
      feasibility.conflict.every(({ rule, remedy }) => rule !== '' && remedy !== ''),
      template.id,
    ).toBe(true);
    return feasibility.conflict.length > 0 ? 'explained' : 'unexplained';
  });
  expect(kinds).not.toContain('unexplained');
  expect(kinds).toContain('explained');
}, 120_000);
