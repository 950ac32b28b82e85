import type { Deps } from '#server/deps.ts';
import type { LoadedCatalogue } from '#server/use-cases/curate/load-catalogue.ts';
import { openLists } from '#server/use-cases/curate/open-lists.ts';
import type { OpenedPlaylist } from '#server/use-cases/curate/open-lists.ts';
import { readMemory } from '#server/use-cases/curate/read-memory.ts';
import type { SimulationResult } from '#shared/contracts/policy-views.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { curateDaySteps } from '#shared/domain/curate-day.ts';
import type { DayRequest, SnapshotDraft } from '#shared/domain/curate-day.ts';
import { digestLine, SimulationTally } from '#shared/domain/simulation-tally.ts';
import type { TalliedList } from '#shared/domain/simulation-tally.ts';
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

export interface DaysToPlay {
  readonly from: string;
  readonly days: number;
  readonly playlists: readonly OpenedPlaylist[];
  /** Told after each day; throws to end the simulation. */
  readonly onDay: (played: number) => Promise<void>;
}

/** Curates day after day as the job would, from what the ledger remembers on the first, and stores nothing. The same input gives the same lists, also to the real job. */
export async function playDays(deps: Pick<Deps, 'db'>, loaded: LoadedCatalogue, asked: DaysToPlay): Promise<SimulationResult> {
  const { from, playlists } = asked;
  const listsOn = await openLists(deps, loaded, { from, playlists });
  const memory = await readMemory(deps, loaded, { day: from, lists: listsOn(from) });
  const tally = new SimulationTally(loaded.catalogue);
  const digest = createHash('sha256');
  for (const { id, globalIndex } of playlists)
    tally.setBefore(
      globalIndex,
      (memory.previous(id)?.entries ?? []).map((entry) => entry.row),
    );
  const indexOf = new Map(playlists.map((playlist) => [playlist.id, playlist.globalIndex]));
  for (let played = 0; played < asked.days; played += 1) {
    const day = addDays(from, played);
    const drafts = await decide({ catalogue: loaded.catalogue, day, lists: listsOn(day), memory });
    memory.remember(drafts, dayNumber(day));
    tally.addDay(
      day,
      drafts.map((draft) => tallied(draft, indexOf.get(draft.playlistId) ?? 0)),
    );
    for (const { playlistId, entries } of drafts)
      digest.update(
        digestLine(
          day,
          indexOf.get(playlistId) ?? 0,
          entries.map((entry) => entry.recordingId),
        ),
      );
    await asked.onDay(played + 1);
  }
  return tally.result(from, digest.digest('hex'));
}

/** Others are looked after between the steps of a day. */
async function decide(request: DayRequest): Promise<SnapshotDraft[]> {
  const steps = curateDaySteps(request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

function tallied({ entries, report }: SnapshotDraft, index: number): TalliedList {
  return {
    index,
    wanted: report.size,
    candidatesLeft: report.candidates - (entries.length - (report.pinned ?? 0) - (report.staying ?? 0)),
    entries: entries.map(({ row, reasons }) => ({ row, lastUsedOn: reasons.staysSince === undefined ? reasons.lastUsedOn : null })),
  };
}
