import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import type { Catalog, CatalogRow } from '#shared/domain/catalog/catalog-columns.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import type { Policy, PolicyV1Input } from '#shared/contracts/policies/policy.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import type { AudioFeature } from '#shared/vocabulary.ts';

/** A rule as written in a document, without its defaults. */
export type RuleInput = PolicyV1Input['pool'];

export type RowSketch = Partial<Omit<CatalogRow, 'features'>> & Partial<Record<AudioFeature, number | null>>;

/** A catalog row where a test gives only the values it is about; every audio feature is unknown unless given. */
export function rowOf(sketch: RowSketch, index: number): CatalogRow {
  return {
    recordingId: index + 1,
    title: `Title ${index + 1}`,
    artistIds: [`artist-${index}`],
    artistNames: sketch.artistIds ? sketch.artistIds.map((id) => `Name of ${id}`) : [`Artist ${index}`],
    albumId: `album-${index}`,
    albumName: `Album ${index}`,
    durationMs: 200_000,
    explicit: null,
    popularity: null,
    releasedOn: null,
    ingestedOn: '2026-01-01',
    hasIsrc: true,
    featuresSource: null,
    genres: [],
    moods: [],
    ...sketch,
    features: AUDIO_FEATURES.map((feature) => sketch[feature] ?? null),
  };
}

export function catalogOf(sketches: readonly RowSketch[], options: { texts?: boolean } = { texts: true }): Catalog {
  const builder = createCatalogBuilder(sketches.length, options);
  sketches.forEach((sketch, index) => builder.add(rowOf(sketch, index)));
  return builder.build();
}

export function policyOf(policy: Omit<PolicyV1Input, 'version' | 'pool'> & Partial<Pick<PolicyV1Input, 'pool'>>): Policy {
  return parsePolicy({ version: 1, pool: { all: [] }, ...policy });
}
