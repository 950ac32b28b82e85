import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { emptyState } from './state.ts';
import type { SandboxState } from './state.ts';

/** Changes within this time are written together. */
const DEBOUNCE_MS = 250;

export interface StateFile {
  /** What the file held, or a new sandbox's state. */
  readonly state: SandboxState;
  touch(): void;
  /** Writes what is not yet written. */
  close(): void;
}

/**
 * State that survives a restart: written to a neighbour file and renamed over, so that a crash leaves the old or the new, never half of one.
 * Without a path it lives in memory.
 */
export function openStateFile(path: string | undefined): StateFile {
  const state = path === undefined ? emptyState() : readState(path);
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    if (path === undefined) return;
    writeFileSync(`${path}.next`, JSON.stringify(flatten(state)));
    renameSync(`${path}.next`, path);
  };
  return {
    state,
    touch: () => {
      if (path !== undefined) timer ??= setTimeout(write, DEBOUNCE_MS);
    },
    close: () => {
      if (timer) write();
    },
  };
}

const MAPS = ['people', 'playlists', 'shelves', 'codes', 'accessTokens', 'refreshGrants'] as const;

function flatten(state: SandboxState): unknown {
  return { version: 1, clockOffsetMs: state.clockOffsetMs, ...Object.fromEntries(MAPS.map((name) => [name, [...state[name]]])) };
}

function readState(path: string): SandboxState {
  const fresh = emptyState();
  const text = readIfThere(path);
  if (text === undefined) return fresh;
  const parsed = JSON.parse(text) as { version?: number; clockOffsetMs: number } & Record<string, [string, never][]>;
  if (parsed.version !== 1) throw new TypeError(`${path} is not a sandbox state file of version 1. Remove it to start afresh.`);
  for (const name of MAPS) {
    fresh[name].clear();
    for (const [key, value] of parsed[name] ?? []) fresh[name].set(key, value);
  }
  fresh.clockOffsetMs = parsed.clockOffsetMs;
  return fresh;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
