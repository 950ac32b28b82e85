import type { CurationRow } from '#server/repos/catalog/curation-rows.ts';
import type { LearntSince } from '#server/repos/curation/why-facts.ts';
import { createCatalogueBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { dayOf } from '#shared/domain/days.ts';

/** One recording with the data the catalog had at a point in time, and with what was added since. */
export interface RecordingOfDay {
  readonly catalogue: Catalogue;
  /** The recording with today's data, and when the newest of it was added; null when nothing was added later. */
  readonly later: { readonly catalogue: Catalogue; readonly learntOn: string } | null;
  /** The day of its import, if that was after the point in time. */
  readonly cameOn: string | null;
}

/**
 * A recording without the data that was added after a list was made. Features and tags have timestamps, and enrichment never overwrites one.
 * Popularity and release dates have none, so today's values are used.
 */
export function recordingOfDay(row: CurationRow, since: LearntSince, madeAt: Date): RecordingOfDay {
  const isLate = (at: Date | null): boolean => at !== null && at > madeAt;
  const lateTags = since.tags.filter(({ at }) => isLate(at));
  const late = [...(isLate(since.features) && since.features ? [since.features] : []), ...lateTags.map(({ at }) => at)];
  const cameOn = row.ingestedOn > dayOf(madeAt) ? row.ingestedOn : null;
  const newest = late.toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) return { catalogue: catalogOf(row), later: null, cameOn };
  const known = (kind: 'genre' | 'mood', tags: readonly string[]) =>
    tags.filter((tag) => !lateTags.some((one) => one.kind === kind && one.tag === tag));
  const then: CurationRow = {
    ...row,
    ...(isLate(since.features) ? { features: row.features.map(() => null), featuresSource: null } : {}),
    genres: known('genre', row.genres),
    moods: known('mood', row.moods),
  };
  return { catalogue: catalogOf(then), later: { catalogue: catalogOf(row), learntOn: dayOf(newest) }, cameOn };
}

function catalogOf(row: CurationRow): Catalogue {
  const builder = createCatalogueBuilder(1, { texts: true });
  builder.add(row);
  return builder.build();
}
