import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { camelotOf } from '../flow.ts';
import { measured } from './pool-lift.ts';

/** Wishes about order and artists that a list cannot have: no known tempo or key to match, only one artist. */
export function orderNotes(catalog: Catalog, rows: readonly number[], { flow, artistDays }: Pick<PolicyV2, 'flow' | 'artistDays'>): string[] {
  if (rows.length < 2) return [];
  const hasTempo = rows.some((row) => !Number.isNaN(measured(catalog, 'tempo', row)));
  const hasKey = rows.some((row) => camelotOf(catalog, row) >= 0);
  return [
    ...(flow.tempo > 0 && !hasTempo ? ['No track of the list has a known tempo: tempo matching has no effect.'] : []),
    ...(flow.harmonic > 0 && !hasKey ? ['No track of the list has a known key: harmonic mixing has no effect.'] : []),
    ...(artistDays > 0 && isByOneArtist(catalog, rows) ? ['Every track of the list is by the same artist: the artist window has no effect.'] : []),
  ];
}

function isByOneArtist(catalog: Catalog, [first = 0, ...others]: readonly number[]): boolean {
  return [...artistsOf(catalog, first)].some((artist) => others.every((row) => [...artistsOf(catalog, row)].includes(artist)));
}
