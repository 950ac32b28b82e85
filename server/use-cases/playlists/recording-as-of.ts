import type { CurationRow } from '#server/repos/catalog/curation-rows.ts';
import type { KnownSince } from '#server/repos/curation/why-facts.ts';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { dayOf } from '#shared/domain/days.ts';

/** One recording with the data the catalog had at a point in time, and with what was added since. */
export interface RecordingAsOf {
  readonly catalog: Catalog;
  /** The recording with today's data, and when the newest of it was added; null when nothing was added later. */
  readonly later: { readonly catalog: Catalog; readonly addedOn: string } | null;
  /** The day of its import, if that was after the point in time. */
  readonly importedOn: string | null;
}

/**
 * A recording without the data that was added after a list was made. Features and tags have timestamps, and enrichment never overwrites one.
 * Popularity and release dates have none, so today's values are used.
 */
export function recordingAsOf(row: CurationRow, since: KnownSince, madeAt: Date): RecordingAsOf {
  const isLate = (at: Date | null): boolean => at !== null && at > madeAt;
  const lateTags = since.tags.filter(({ at }) => isLate(at));
  const late = [...(isLate(since.features) && since.features ? [since.features] : []), ...lateTags.map(({ at }) => at)];
  const cameOn = row.ingestedOn > dayOf(madeAt) ? row.ingestedOn : null;
  const newest = late.toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) return { catalog: catalogOf(row), later: null, importedOn: cameOn };
  const known = (kind: 'genre' | 'mood', tags: readonly string[]) =>
    tags.filter((tag) => !lateTags.some((one) => one.kind === kind && one.tag === tag));
  const then: CurationRow = {
    ...row,
    ...(isLate(since.features) ? { features: row.features.map(() => null), featuresSource: null } : {}),
    genres: known('genre', row.genres),
    moods: known('mood', row.moods),
  };
  return { catalog: catalogOf(then), later: { catalog: catalogOf(row), addedOn: dayOf(newest) }, importedOn: cameOn };
}

function catalogOf(row: CurationRow): Catalog {
  const builder = createCatalogBuilder(1, { texts: true });
  builder.add(row);
  return builder.build();
}
