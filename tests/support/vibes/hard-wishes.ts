import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { EITHER_FLAG, artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import type { VibeSelection } from '#shared/domain/discovery/vibes/selection/select-tracks.ts';

const folded = (names: readonly string[] | undefined) => new Set((names ?? []).map(foldText));

/** The hard fields of a spec that a track does not keep, as sentences; what the selection says that it relaxed is kept as relaxed. */
export function brokenWishes(catalog: Catalog, spec: VibeSpec, { entries, relaxed }: Pick<VibeSelection, 'entries' | 'relaxed'>): string[] {
  const genreOf = new Map([...catalog.tagNumbers.genre].map(([tag, number]) => [number, tag]));
  const more = relaxed.includes('years') ? 2 : 0;
  const [only, refused] = [folded(spec.artists), folded(spec.not_artists)];
  return entries.flatMap(({ row, recordingId }) => {
    if (row < 0 || row >= catalog.size || catalog.recordingIds[row] !== recordingId) return [`recording ${recordingId} is not in the catalog`];
    const names = [...artistsOf(catalog, row)].map((artist) => foldText(catalog.artistNames[artist] ?? ''));
    const { offsets, values } = catalog.tags.genre;
    const genres = [...values.subarray(offsets[row], offsets[row + 1])].map((number) => foldText(genreOf.get(number) ?? '').replaceAll('-', ' '));
    const year = catalog.numbers.release_year[row] ?? Number.NaN;
    const seconds = (catalog.numbers.duration_ms[row] ?? 0) / 1_000;
    const explicit = catalog.flags.explicit[row];
    const title = foldText(catalog.titles?.[row] ?? '');
    const within = ([from, to]: readonly [number, number], by = 0) => year >= from - by && year <= to + by;
    const spans = spec.years ? [spec.years] : spec.years_any;
    return [
      ...(spec.explicit !== undefined && explicit !== Number(spec.explicit) && explicit !== EITHER_FLAG
        ? [`${recordingId}: explicit is ${explicit}`]
        : []),
      ...(only.size > 0 && !names.some((name) => only.has(name)) ? [`${recordingId}: by ${names.join()}`] : []),
      ...(names.some((name) => refused.has(name)) ? [`${recordingId}: by ${names.join()}`] : []),
      ...(spec.not_genres?.some((genre) => genres.includes(genre)) ? [`${recordingId}: ${genres.join()}`] : []),
      ...(spec.not_words?.some((word) => title.includes(foldText(word))) ? [`${recordingId}: ${title}`] : []),
      ...(spans && !spans.some((span) => within(span, more)) ? [`${recordingId}: of ${year}`] : []),
      ...(spec.not_years?.some((span) => within(span)) ? [`${recordingId}: of ${year}`] : []),
      ...(spec.track_seconds && (seconds < spec.track_seconds[0] - 1 || seconds > spec.track_seconds[1] + 1) ? [`${recordingId}: ${seconds} s`] : []),
    ];
  });
}
