import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { emptyState, STATE_MAPS } from './state.ts';
import type { ChangedEntry, SandboxState } from './state.ts';
import { storedChange, storedState } from './stored-state.ts';

/** When the journal reaches this size, the whole state is written and the journal is deleted. */
const JOURNAL_MAX_BYTES = 64 * 1024 * 1024;

export interface StateFile {
  /** The stored state, or a new sandbox's state. */
  readonly state: SandboxState;
  /** Stores these entries, or everything when none are given. On return the operating system has the data. */
  persist(...changed: readonly ChangedEntry[]): void;
  close(): void;
}

/**
 * Opens state that survives a restart and `kill -9`, because the real service survives Segue's crashes. Every change is appended to a journal before
 * the response is sent. The state file is replaced atomically and the journal deleted afterwards; file and journal together are consistent at any
 * moment. Without a path the state is in memory only.
 */
export function openStateFile(path: string | undefined): StateFile {
  if (path === undefined) return { state: emptyState(), persist: () => {}, close: () => {} };
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
    persist: (...changed) => {
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
  const text = readIfExists(path);
  if (text === undefined) return emptyState();
  try {
    const { clockOffsetMs, ...maps } = storedState.parse(JSON.parse(text));
    const ownMaps = { people: new Map(maps.people), playlists: new Map(maps.playlists), shelves: new Map(maps.shelves) };
    return {
      clockOffsetMs,
      ...ownMaps,
      codes: new Map(maps.codes),
      accessTokens: new Map(maps.accessTokens),
      refreshGrants: new Map(maps.refreshGrants),
    };
  } catch (cause) {
    throw new TypeError(`${path} is not a valid sandbox state file. Delete it to start with an empty sandbox.`, { cause });
  }
}

/** Later lines win, so replaying a journal over a file that already contains its changes is safe. A torn last line was never acknowledged. */
function replay(state: SandboxState, journal: string): void {
  const lines = (readIfExists(journal) ?? '').split('\n').slice(0, -1);
  for (const line of lines) {
    const [map, key, value] = storedChange.parse(JSON.parse(line));
    const entries: Map<string, unknown> = state[map];
    if (value === null) entries.delete(key);
    else entries.set(key, value);
  }
}

function readIfExists(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
