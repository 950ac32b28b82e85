import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';
import { EITHER_FLAG } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { restrictCatalog } from '#shared/domain/catalog/restrict-catalog.ts';
import { holdsFor } from '#shared/domain/policies/pool-trace.ts';

interface PlacedRow {
  readonly row: number;
  readonly day: number;
  /** The block of the mix that it fills; null without one. */
  readonly block: number | null;
}

/**
 * Which version of a recording the policy places where it has both: false for the clean track, true for the explicit one, null when the policy does not
 * ask or there is no choice. The clean one wherever the rules hold with it.
 */
export function explicitVersion(catalog: Catalog, policy: Policy, { row, day, block }: PlacedRow): boolean | null {
  if (catalog.flags.explicit[row] !== EITHER_FLAG) return null;
  const rules = [policy.pool, ...policy.mix.flatMap(({ rule }, index) => (index === block ? [rule] : []))];
  if (!rules.some(asksForExplicit)) return null;
  const { catalog: alone } = restrictCatalog(catalog, Int32Array.of(row));
  const isMet = (version: number) => {
    const flags = { ...alone.flags, explicit: Uint8Array.of(version) };
    return rules.every((rule) => holdsFor({ catalog: { ...alone, flags }, row: 0, day }, rule) !== false);
  };
  return !isMet(0);
}

function asksForExplicit(rule: Rule): boolean {
  if ('field' in rule) return rule.field === 'explicit';
  if ('not' in rule) return asksForExplicit(rule.not);
  return ('all' in rule ? rule.all : rule.any).some(asksForExplicit);
}
