import type { Deps } from '#server/deps.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import { prepareLists } from '../prepare-lists.ts';
import type { PlaylistToCurate } from '../prepare-lists.ts';
import { readRecentPlacements } from '../read-recent-placements.ts';
import type { SimulationResult } from '#shared/contracts/policies/policy-views.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { curateDaySteps } from '#shared/domain/curation/curate-day.ts';
import type { DayRequest, SnapshotDraft } from '#shared/domain/curation/curate-day.ts';
import { digestLine, SimulationTally } from '#shared/domain/curation/simulation-tally.ts';
import type { TalliedList } from '#shared/domain/curation/simulation-tally.ts';
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

export interface DaysToSimulate {
  readonly from: string;
  readonly days: number;
  readonly playlists: readonly PlaylistToCurate[];
  /** Policy families whose lists also get a separate result. */
  readonly families: ReadonlySet<string>;
  /** Called after each day; may throw to end the simulation. */
  readonly onDay: (daysDone: number) => Promise<void>;
}

/** The result of all lists, and separately of the requested families if the network has others. */
export interface SimulatedDaysResult {
  readonly result: SimulationResult;
  readonly own?: SimulationResult;
}

/** Curates day after day as the real job would, starting from the ledger, and stores nothing. The same input gives the same lists as the real job. */
export async function simulateDays(deps: Pick<Deps, 'db' | 'now'>, loaded: LoadedCatalog, input: DaysToSimulate): Promise<SimulatedDaysResult> {
  const { from, playlists } = input;
  const listsOn = await prepareLists(deps, loaded, { from, playlists });
  const ledger = await readRecentPlacements(deps, loaded, { day: from, lists: listsOn(from) });
  const previousRows = (id: string) => (ledger.previous(id)?.entries ?? []).map((entry) => entry.row);
  const collect = (subset: readonly PlaylistToCurate[]) => new ResultCollector(loaded.catalog, subset, previousRows);
  const requested = playlists.filter(({ policyFamilyId }) => input.families.has(policyFamilyId));
  const all = collect(playlists);
  const separate = requested.length === 0 || requested.length === playlists.length ? undefined : collect(requested);
  for (let done = 0; done < input.days; done += 1) {
    const day = addDays(from, done);
    const drafts = await decide({ catalog: loaded.catalog, day, lists: listsOn(day), repeatIndex: ledger });
    ledger.addDrafts(drafts, dayNumber(day));
    all.addDay(day, drafts);
    separate?.addDay(day, drafts);
    await input.onDay(done + 1);
  }
  return { result: all.result(from), ...(separate ? { own: separate.result(from) } : {}) };
}

/** Collects figures and digest of a set of lists. */
class ResultCollector {
  readonly #tally: SimulationTally;
  readonly #digest = createHash('sha256');
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(catalog: Catalog, lists: readonly PlaylistToCurate[], previousRows: (id: string) => number[]) {
    this.#tally = new SimulationTally(catalog);
    this.#indexOf = new Map(lists.map((list) => [list.id, list.globalIndex]));
    for (const { id, globalIndex } of lists) this.#tally.setBefore(globalIndex, previousRows(id));
  }

  addDay(day: string, drafts: readonly SnapshotDraft[]): void {
    const collected = drafts.flatMap((draft) => {
      const index = this.#indexOf.get(draft.playlistId);
      return index === undefined ? [] : [{ draft, index }];
    });
    this.#tally.addDay(
      day,
      collected.map(({ draft, index }) => toTalliedList(draft, index)),
    );
    for (const { draft, index } of collected) {
      const ids = draft.entries.map((entry) => entry.recordingId);
      this.#digest.update(digestLine(day, index, ids));
    }
  }

  result(from: string): SimulationResult {
    return this.#tally.result(from, this.#digest.digest('hex'));
  }
}

/** Yields to the event loop between the steps of a day. */
async function decide(request: DayRequest): Promise<SnapshotDraft[]> {
  const steps = curateDaySteps(request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

function toTalliedList({ entries, report }: SnapshotDraft, index: number): TalliedList {
  return {
    index,
    wanted: report.size,
    candidatesLeft: report.candidates - (entries.length - (report.pinned ?? 0) - (report.staying ?? 0)),
    entries: entries.map(({ row, reasons }) => ({ row, lastUsedOn: reasons.staysSince === undefined ? reasons.lastUsedOn : null })),
  };
}
