import type { Deps } from '#server/deps.ts';
import type { LoadedCatalogue } from '#server/use-cases/catalog/load-catalog.ts';
import { openLists } from '../open-lists.ts';
import type { OpenedPlaylist } from '../open-lists.ts';
import { readMemory } from '../read-memory.ts';
import type { SimulationResult } from '#shared/contracts/policies/policy-views.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { curateDaySteps } from '#shared/domain/curation/curate-day.ts';
import type { DayRequest, SnapshotDraft } from '#shared/domain/curation/curate-day.ts';
import { digestLine, SimulationTally } from '#shared/domain/curation/simulation-tally.ts';
import type { TalliedList } from '#shared/domain/curation/simulation-tally.ts';
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

export interface DaysToPlay {
  readonly from: string;
  readonly days: number;
  readonly playlists: readonly OpenedPlaylist[];
  /** Policies whose lists are added up by themselves as well. */
  readonly families: ReadonlySet<string>;
  /** Told after each day; throws to end the simulation. */
  readonly onDay: (played: number) => Promise<void>;
}

/** What came of all lists, and of those of the asked families where there are others. */
export interface PlayedDays {
  readonly result: SimulationResult;
  readonly own?: SimulationResult;
}

/** Curates day after day as the job would, from what the ledger remembers on the first, and stores nothing. The same input gives the same lists, also to the real job. */
export async function playDays(deps: Pick<Deps, 'db'>, loaded: LoadedCatalogue, asked: DaysToPlay): Promise<PlayedDays> {
  const { from, playlists } = asked;
  const listsOn = await openLists(deps, loaded, { from, playlists });
  const memory = await readMemory(deps, loaded, { day: from, lists: listsOn(from) });
  const before = (id: string) => (memory.previous(id)?.entries ?? []).map((entry) => entry.row);
  const account = (some: readonly OpenedPlaylist[]) => new Account(loaded.catalogue, some, before);
  const own = playlists.filter(({ policyFamilyId }) => asked.families.has(policyFamilyId));
  const whole = account(playlists);
  const apart = own.length === 0 || own.length === playlists.length ? undefined : account(own);
  for (let played = 0; played < asked.days; played += 1) {
    const day = addDays(from, played);
    const drafts = await decide({ catalogue: loaded.catalogue, day, lists: listsOn(day), memory });
    memory.remember(drafts, dayNumber(day));
    whole.addDay(day, drafts);
    apart?.addDay(day, drafts);
    await asked.onDay(played + 1);
  }
  return { result: whole.result(from), ...(apart ? { own: apart.result(from) } : {}) };
}

/** Figures and digest of some of the lists. */
class Account {
  readonly #tally: SimulationTally;
  readonly #digest = createHash('sha256');
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(catalogue: Catalogue, lists: readonly OpenedPlaylist[], before: (id: string) => number[]) {
    this.#tally = new SimulationTally(catalogue);
    this.#indexOf = new Map(lists.map((list) => [list.id, list.globalIndex]));
    for (const { id, globalIndex } of lists) this.#tally.setBefore(globalIndex, before(id));
  }

  addDay(day: string, drafts: readonly SnapshotDraft[]): void {
    const mine = drafts.flatMap((draft) => {
      const index = this.#indexOf.get(draft.playlistId);
      return index === undefined ? [] : [{ draft, index }];
    });
    this.#tally.addDay(
      day,
      mine.map(({ draft, index }) => tallied(draft, index)),
    );
    for (const { draft, index } of mine) {
      const ids = draft.entries.map((entry) => entry.recordingId);
      this.#digest.update(digestLine(day, index, ids));
    }
  }

  result(from: string): SimulationResult {
    return this.#tally.result(from, this.#digest.digest('hex'));
  }
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
