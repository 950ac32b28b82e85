import type { CurationRow } from '#server/repos/catalog/curation-rows.ts';
import type { LearntSince } from '#server/repos/curation/why-facts.ts';
import { createCatalogueBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { dayOf } from '#shared/domain/days.ts';

/** One recording as the catalogue knew it at a moment, and what it has learnt of it since. */
export interface RecordingOfDay {
  readonly catalogue: Catalogue;
  /** As the catalogue knows it today, and since when it knows the newest of that; null when nothing came later. */
  readonly later: { readonly catalogue: Catalogue; readonly learntOn: string } | null;
  /** The day of its intake, where that came after the moment. */
  readonly cameOn: string | null;
}

/**
 * A recording without what was learnt of it after a list was made: features and tags know their moment, and enrichment never overwrites one.
 * Popularity and release dates do not know theirs and stand as they are today.
 */
export function recordingOfDay(row: CurationRow, since: LearntSince, madeAt: Date): RecordingOfDay {
  const isLate = (at: Date | null): boolean => at !== null && at > madeAt;
  const lateTags = since.tags.filter(({ at }) => isLate(at));
  const late = [...(isLate(since.features) && since.features ? [since.features] : []), ...lateTags.map(({ at }) => at)];
  const cameOn = row.ingestedOn > dayOf(madeAt) ? row.ingestedOn : null;
  const newest = late.toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) return { catalogue: alone(row), later: null, cameOn };
  const known = (kind: 'genre' | 'mood', tags: readonly string[]) =>
    tags.filter((tag) => !lateTags.some((one) => one.kind === kind && one.tag === tag));
  const then: CurationRow = {
    ...row,
    ...(isLate(since.features) ? { features: row.features.map(() => null), featuresSource: null } : {}),
    genres: known('genre', row.genres),
    moods: known('mood', row.moods),
  };
  return { catalogue: alone(then), later: { catalogue: alone(row), learntOn: dayOf(newest) }, cameOn };
}

function alone(row: CurationRow): Catalogue {
  const builder = createCatalogueBuilder(1, { texts: true });
  builder.add(row);
  return builder.build();
}
