import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import type { EntryReasons, ReasonKind } from '#shared/contracts/curation/snapshot.ts';
import { fieldLabel, formatFieldValue, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { measured } from '../quality/pool-lift.ts';
import type { LiftPreference, PoolLift } from '../quality/pool-lift.ts';
import type { Improvement } from '../quality/list-goal.ts';
import type { Reserve } from '../quality/reserve.ts';
import { describeNeighbor, neighborKind } from './explain-neighbor.ts';
import { describeAge, placementReasons } from './explain.ts';
import type { EntryFacts } from './explain.ts';

/** A lift below this decides nothing: the lot does. In nats; 0.2 is 22 % more often than the middle of the pool. */
const DECISIVE_MIN = 0.2;
/** The weight of the lot beside the lifts: one nat. */
const LOT_WEIGHT = 1;

/** What explains an entry that was drawn by lot from a reserve. */
export interface DrawnFacts extends Omit<EntryFacts, 'policy'> {
  readonly policy: PolicyV2;
  readonly reserve: Reserve;
  /** Candidates with the same chance. */
  readonly equals: number;
  readonly improvement: Improvement | undefined;
}

/**
 * Why a recording is in a list of version 2: the preferences in the order of how much they lift it above its pool, the one that decides, among how many
 * equals the lot decided, and what an exchange improved.
 */
export function explainDrawn(facts: DrawnFacts): EntryReasons {
  const lifts = facts.reserve.lifts.map((lift) => ({ lift, value: lift.of(facts.row) })).toSorted((a, b) => b.value - a.value);
  const total = lifts.reduce((sum, { value }) => sum + Math.max(0, value), LOT_WEIGHT);
  const [first] = lifts;
  const decisive =
    first && first.value >= DECISIVE_MIN ? { kind: kindOf(first.lift.preference, facts.row), what: describeLift(facts, first.lift) } : undefined;
  return {
    ...placementReasons(facts),
    preferences: lifts.map(({ lift, value }) => ({
      what: describeLift(facts, lift),
      share: round(Math.max(0, value) / total),
      unknown: lift.isUnknown(facts.row),
    })),
    chance: round(LOT_WEIGHT / total),
    ...(decisive ? { decisive } : {}),
    equals: facts.equals,
    ...(facts.improvement ? { exchange: describeImprovement(facts.improvement) } : {}),
  };
}

function kindOf(preference: LiftPreference, row: number): ReasonKind {
  if ('neighbors' in preference) return neighborKind(preference.neighbors, row);
  if ('newest' in preference) return 'freshness';
  if ('has' in preference) return preference.field === 'genre' ? 'genre' : 'feature';
  if (preference.field === 'release_year') return 'era';
  return preference.field === 'popularity' ? 'popularity' : 'feature';
}

function describeLift({ catalog, row, context }: DrawnFacts, { preference, of, isUnknown }: PoolLift): string {
  if ('neighbors' in preference) return describeNeighbor(catalog, row, preference.neighbors);
  const name = fieldLabel(preference.field, { isShort: true });
  if (isUnknown(row)) return `${name} unknown`;
  if ('toward' in preference) {
    const { field, toward, spread } = preference;
    const value = measured(catalog, field, row);
    const away = Math.abs(value - toward) / spread;
    const target = `${formatFieldValue(field, toward)} ± ${formatFieldValue(field, spread)}`;
    return `${name} ${formatFieldValue(field, value)} (${away <= 2 ? 'target' : 'far from target'} ${target})`;
  }
  if ('has' in preference) return of(row) > 0 ? `${name} ${preference.has} (target)` : `Not ${lowerFirst(name)} ${preference.has}`;
  return describeAge(catalog, row, context.day);
}

function describeImprovement(improvement: Improvement): string {
  if (!('preference' in improvement)) return improvement.kind === 'artist' ? 'avoids an artist of the days before' : 'is nearer to the targets';
  const name = lowerFirst(fieldLabel(improvement.preference.field, { isShort: true }));
  return improvement.kind === 'mean' ? `balances the list’s ${name}` : `gives the list its spread of ${name}`;
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
