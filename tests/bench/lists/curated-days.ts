import type { EntryReasons } from '#shared/contracts/curation/snapshot.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { DayRequest, ListOfDay } from '#shared/domain/curation/curate-day.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';

export const FIRST_DAY = '2026-05-01';

/** A list as a listener gets it: rows in playing order, with the stored reasons. */
export interface HeardList {
  readonly day: string;
  readonly rows: readonly number[];
  readonly reasons: readonly EntryReasons[];
}

/** The policy of a list and its lists on consecutive days. */
export interface CuratedPolicy {
  readonly name: string;
  readonly policy: ListOfDay['policy'];
  readonly list: ListOfDay;
  readonly lists: readonly HeardList[];
}

/** Curates one playlist of a policy for so many days, alone in its network. A day that cannot be filled is an empty list. */
export function curateDays(
  catalog: Catalog,
  { name, body, neighbors }: { name: string; body: unknown; neighbors?: PolicyRefs['neighbors'] },
  days: number,
): CuratedPolicy {
  const policy = parsePolicy(body);
  const list: ListOfDay = {
    id: name,
    globalIndex: 1,
    themeTag: name,
    policyId: name,
    policyFamilyId: name,
    policy,
    refs: { ...NO_REFS, neighbors },
    marks: [],
  };
  const repeatIndex = new RepeatIndex();
  const lists: HeardList[] = [];
  const unchanging: DayRequest['unchanging'] = new Map();
  for (let n = 0; n < days; n += 1) {
    const day = addDays(FIRST_DAY, n);
    const drafts = curateDay({ catalog, day, lists: [list], repeatIndex, unchanging });
    repeatIndex.addDrafts(drafts, dayNumber(day));
    const entries = drafts[0]?.entries ?? [];
    lists.push({ day, rows: entries.map(({ row }) => row), reasons: entries.map(({ reasons }) => reasons) });
  }
  return { name, policy, list, lists };
}
