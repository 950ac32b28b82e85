import type { Deps } from '#server/deps.ts';
import { listLastUsed, listResting } from '#server/repos/ledger.ts';
import { UNKNOWN_DAY } from '#shared/domain/catalogue-columns.ts';
import { REST_RESTING } from '#shared/domain/curate-group.ts';
import type { RestState } from '#shared/domain/curate-group.ts';
import type { LoadedCatalogue } from './load-catalogue.ts';

export interface RestBook {
  /** Reads a rest scope from the ledger, once a day. */
  readonly open: (scope: string) => Promise<void>;
  /** The state of an opened scope; the same object every time, so that what one group places the next one sees. */
  readonly read: (scope: string) => RestState;
}

interface RestQuestion {
  readonly day: string;
  /** The longest rest that anybody asks for: a list must not end up too close before one that is there already. */
  readonly restDays: number;
}

/** What rests on a day, by catalogue row, scope by scope. */
export function createRestBook(deps: Pick<Deps, 'db'>, loaded: LoadedCatalogue, question: RestQuestion): RestBook {
  const states = new Map<string, RestState>();
  return {
    async open(scope) {
      if (!states.has(scope)) states.set(scope, await readScope(deps, loaded, { ...question, scope }));
    },
    read(scope) {
      const state = states.get(scope);
      if (!state) throw new Error(`The rest scope ${scope} was not opened.`);
      return state;
    },
  };
}

async function readScope(
  deps: Pick<Deps, 'db'>,
  loaded: LoadedCatalogue,
  { day, restDays, scope }: RestQuestion & { scope: string },
): Promise<RestState> {
  const marks = new Uint8Array(loaded.catalogue.size);
  const lastUsed = new Int32Array(loaded.catalogue.size).fill(UNKNOWN_DAY);
  for (const id of await listResting(deps.db, scope, { day, restDays })) {
    const row = loaded.rowOf[id] ?? -1;
    if (row >= 0) marks[row] = REST_RESTING;
  }
  const used = await listLastUsed(deps.db, scope, day);
  for (let i = 0; i < used.recordingIds.length; i += 1) {
    const row = loaded.rowOf[used.recordingIds[i] ?? -1] ?? -1;
    if (row >= 0) lastUsed[row] = used.dayNumbers[i] ?? UNKNOWN_DAY;
  }
  return { marks, lastUsed };
}
