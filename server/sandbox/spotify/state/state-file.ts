import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { emptyState, STATE_MAPS } from './state.ts';
import type { Changed, SandboxState } from './state.ts';
import { storedChange, storedState } from './stored-state.ts';

/** A journal that grew this long is folded into the file. */
const JOURNAL_MAX_BYTES = 64 * 1024 * 1024;

export interface StateFile {
  /** What the files held, or a new sandbox's state. */
  readonly state: SandboxState;
  /** Keeps these entries; without any, everything. On return the operating system has them. */
  touch(...changed: readonly Changed[]): void;
  close(): void;
}

/**
 * State that survives a restart and a `kill -9`, as the real service survives ours: every change is appended to a journal beside the file before it is
 * answered. The file itself is written to a neighbour and renamed over, then the journal is emptied; read together they are right at any moment
 * between. Without a path the state lives in memory.
 */
export function openStateFile(path: string | undefined): StateFile {
  if (path === undefined) return { state: emptyState(), touch: () => {}, close: () => {} };
  const journal = `${path}.journal`;
  const state = readState(path);
  replay(state, journal);
  let journalBytes = 0;
  const writeWhole = () => {
    writeFileSync(`${path}.next`, JSON.stringify(flatten(state)));
    renameSync(`${path}.next`, path);
    rmSync(journal, { force: true });
    journalBytes = 0;
  };
  writeWhole();
  return {
    state,
    touch: (...changed) => {
      if (changed.length === 0) return writeWhole();
      const lines = changed.map(([map, key]) => `${JSON.stringify([map, key, state[map].get(key) ?? null])}\n`).join('');
      appendFileSync(journal, lines);
      journalBytes += lines.length;
      return journalBytes > JOURNAL_MAX_BYTES ? writeWhole() : undefined;
    },
    close: writeWhole,
  };
}

function flatten(state: SandboxState): unknown {
  return { version: 1, clockOffsetMs: state.clockOffsetMs, ...Object.fromEntries(STATE_MAPS.map((name) => [name, [...state[name]]])) };
}

function readState(path: string): SandboxState {
  const text = readIfThere(path);
  if (text === undefined) return emptyState();
  try {
    const { clockOffsetMs, ...maps } = storedState.parse(JSON.parse(text));
    const people = { people: new Map(maps.people), playlists: new Map(maps.playlists), shelves: new Map(maps.shelves) };
    return {
      clockOffsetMs,
      ...people,
      codes: new Map(maps.codes),
      accessTokens: new Map(maps.accessTokens),
      refreshGrants: new Map(maps.refreshGrants),
    };
  } catch (cause) {
    throw new TypeError(`${path} is not a sandbox state file. Remove it to start afresh.`, { cause });
  }
}

/** Later lines win, so a journal may be read over a file that already holds its changes. A torn last line was never answered. */
function replay(state: SandboxState, journal: string): void {
  const lines = (readIfThere(journal) ?? '').split('\n').slice(0, -1);
  for (const line of lines) {
    const [map, key, value] = storedChange.parse(JSON.parse(line));
    const entries: Map<string, unknown> = state[map];
    if (value === null) entries.delete(key);
    else entries.set(key, value);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
