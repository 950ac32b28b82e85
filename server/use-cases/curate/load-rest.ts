import type { Deps } from '#server/deps.ts';
import { listLastUsed, listResting } from '#server/repos/ledger.ts';
import { UNKNOWN_DAY } from '#shared/domain/catalogue-columns.ts';
import type { RestState } from '#shared/domain/curate-group.ts';
import type { LoadedCatalogue } from './load-catalogue.ts';

interface RestQuestion {
  readonly day: string;
  readonly restDays: number;
  readonly scopes: readonly string[];
}

/** For each rest scope: which rows are resting on the day, and when each was last used (day number, or the sentinel for never). */
export async function loadRest(deps: Pick<Deps, 'db'>, loaded: LoadedCatalogue, question: RestQuestion): Promise<ReadonlyMap<string, RestState>> {
  const states = new Map<string, RestState>();
  for (const scope of question.scopes) {
    const resting = new Uint8Array(loaded.catalogue.size);
    const lastUsed = new Int32Array(loaded.catalogue.size).fill(UNKNOWN_DAY);
    for (const id of await listResting(deps.db, scope, question.day, question.restDays)) markRow(loaded, id, (row) => (resting[row] = 1));
    const used = await listLastUsed(deps.db, scope, question.day);
    used.recordingIds.forEach((id, i) => markRow(loaded, id, (row) => (lastUsed[row] = used.dayNumbers[i] ?? UNKNOWN_DAY)));
    states.set(scope, { resting, lastUsed });
  }
  return states;
}

function markRow(loaded: LoadedCatalogue, recordingId: number, mark: (row: number) => void): void {
  const row = loaded.rowOf[recordingId] ?? -1;
  if (row >= 0) mark(row);
}
