import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
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
  const text = readIfThere(path);
  if (text === undefined) return emptyState();
  try {
    const { clockOffsetMs, ...maps } = storedState.parse(JSON.parse(text));
    return { clockOffsetMs, people: new Map(maps.people), playlists: new Map(maps.playlists), ...tokensOf(maps) };
  } catch (cause) {
    throw new TypeError(`${path} is not a sandbox state file. Remove it to start afresh.`, { cause });
  }
}

function tokensOf(
  maps: Omit<z.infer<typeof storedState>, 'clockOffsetMs'>,
): Pick<SandboxState, 'shelves' | 'codes' | 'accessTokens' | 'refreshGrants'> {
  return {
    shelves: new Map(maps.shelves),
    codes: new Map(maps.codes),
    accessTokens: new Map(maps.accessTokens),
    refreshGrants: new Map(maps.refreshGrants),
  };
}

const entriesOf = <T extends z.ZodType>(value: T) => z.array(z.tuple([z.string(), value]));
const words = z.array(z.string());
const granted = { clientId: z.string(), scopes: words } as const;

/** The file is ours, but a person may have touched it: read like any other input. */
const storedState = z.object({
  version: z.literal(1),
  clockOffsetMs: z.number(),
  people: entriesOf(
    z.object({
      id: z.string(),
      accountId: z.string(),
      displayName: z.string(),
      email: z.string(),
      country: z.string(),
      allowListed: z.boolean(),
      library: z.array(z.object({ uri: z.string(), addedAt: z.string() })),
    }),
  ),
  playlists: entriesOf(
    z.object({
      id: z.string(),
      ownerId: z.string(),
      createdAt: z.number(),
      name: z.string(),
      description: z.string(),
      public: z.boolean(),
      collaborative: z.boolean(),
      items: z.array(z.object({ uri: z.string().nullable(), addedAt: z.string(), addedBy: z.string() })),
      revision: z.number(),
      covers: z.array(z.object({ visibleAt: z.number(), jpegBase64: z.string(), version: z.number() })),
    }),
  ),
  shelves: entriesOf(words),
  codes: entriesOf(
    z.object({
      ...granted,
      code: z.string(),
      personId: z.string(),
      redirectUri: z.string(),
      challenge: z.string().nullable(),
      expiresAt: z.number(),
    }),
  ),
  accessTokens: entriesOf(z.object({ ...granted, personId: z.string().nullable(), expiresAt: z.number() })),
  refreshGrants: entriesOf(z.object({ ...granted, personId: z.string(), authorizedAt: z.number(), pkce: z.boolean(), spent: z.boolean() })),
});

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
