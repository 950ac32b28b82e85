import type { Policy } from '#shared/contracts/policies/policy.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { ListOfDay, SnapshotDraft } from '#shared/domain/curation/curate-day.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import type { RowSketch } from './small-catalog.ts';

/** Playlists of one policy, numbered from `first`; the policy is identified by its seed. */
export function listsOf(policy: Policy, count: number, first = 1): ListOfDay[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `playlist-${first + index}`,
    globalIndex: first + index,
    themeTag: `Theme ${first + index}`,
    policyId: `policy-${policy.seed}`,
    policyFamilyId: `family-${policy.seed}`,
    policy,
    refs: NO_REFS,
    marks: [],
  }));
}

/** A realistic mixture: artists with many tracks, duets, unknown sound. */
export function mixture(count: number): RowSketch[] {
  return Array.from({ length: count }, (_, index) => ({
    artistIds: index % 9 === 0 ? [`a${index % 40}`, `a${(index + 7) % 40}`] : [`a${index % 40}`],
    albumId: `a${index % 40}-${index % 3}-${Math.floor(index / 120)}`,
    energy: index % 5 === 0 ? null : (index % 100) / 100,
    tempo: index % 5 === 0 ? null : 70 + (index % 90),
    durationMs: 120_000 + ((index * 37) % 240) * 1_000,
    releasedOn: `${1950 + (index % 76)}-01-01`,
    genres: index % 2 ? ['jazz'] : ['soul', 'jazz'],
  }));
}

export interface SimulatedDay {
  readonly day: string;
  readonly drafts: readonly SnapshotDraft[];
}

/** Simulates days as the app does: each day from the state after the days before. `listsOn` may change the playlists from day to day. */
export function simulateDays(
  catalog: Catalog,
  {
    from,
    days,
    repeatIndex = new RepeatIndex(),
    listsOn,
  }: { from: string; days: number; repeatIndex?: RepeatIndex; listsOn: (step: number) => ListOfDay[] },
): SimulatedDay[] {
  return Array.from({ length: days }, (_, step) => {
    const day = addDays(from, step);
    const drafts = curateDay({ catalog, day, lists: listsOn(step), repeatIndex });
    repeatIndex.addDrafts(drafts, dayNumber(day));
    return { day, drafts };
  });
}

export const rowsOf = (draft: SnapshotDraft | undefined) => draft?.entries.map((entry) => entry.row) ?? [];

/** Early returns: a recording that comes back to a scope after an absence of a day or more, before its repeat window is over. */
export function findEarlyReturns(simulated: readonly SimulatedDay[], restDays: number): string[] {
  const lastSeen = new Map<string, { day: number; listId: string }>();
  const returns: string[] = [];
  const shown = simulated.flatMap(({ day, drafts }) =>
    drafts.flatMap((draft) => draft.entries.map(({ recordingId }) => ({ day, draft, recordingId }))),
  );
  for (const { day, draft, recordingId } of shown) {
    const number = dayNumber(day);
    const key = `${draft.restScope} ${recordingId}`;
    const before = lastSeen.get(key);
    const stays = before?.listId === draft.playlistId && before.day === number - 1;
    if (before && !stays && number < before.day + restDays) returns.push(`${recordingId} on ${day} in ${draft.playlistId}`);
    lastSeen.set(key, { day: number, listId: draft.playlistId });
  }
  return returns;
}

/** Artists and albums that are in a list more often than its caps allow. */
export function countOverCaps(catalog: Catalog, rows: readonly number[], caps: Policy['caps']): number {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const key of [...[...artistsOf(catalog, row)].map((artist) => `artist ${artist}`), `album ${catalog.albums[row]}`]) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].filter(([key, count]) => count > (key.startsWith('artist') ? caps.perArtist : caps.perAlbum)).length;
}
