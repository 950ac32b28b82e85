import type { Deps } from '#server/deps.ts';
import { readCatalogueVersion } from '#server/repos/catalog/catalog-version.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { asksForTexts, loadCatalogue } from './load-catalog.ts';
import type { LoadedCatalogue } from './load-catalog.ts';

type HoldDeps = Pick<Deps, 'db' | 'stream'>;

interface Held {
  readonly version: string;
  /** A policy that needs titles and names; undefined where they were left out. */
  readonly reader: PolicyV1 | undefined;
  readonly loaded: Promise<LoadedCatalogue>;
  /** Until when it is kept even though the catalogue changed, on this process's own clock in milliseconds. */
  keptUntil: number;
}

/** A catalogue that takes longer than this to read is kept for a while even when it changed: an intake under way changes it every second. */
const QUICK_MS = 1_000;
const KEPT_FOR_READINGS = 10;
/** A process that nobody asks about policies for so long does not keep the columns. */
const IDLE_MS = 15 * 60_000;

/** One catalogue for each database of this process: a cache of what Postgres holds, never a truth of its own. */
const HELD = new WeakMap<Deps['db'], Held>();
const IDLE = new WeakMap<Deps['db'], NodeJS.Timeout>();

/**
 * The catalogue in columns as of the last change, read once for all who ask; texts are read with it when one of the policies needs them. A large
 * one may be up to ten times its reading time old while albums are coming in. For looking ahead: lists are made from a reading of their own.
 */
export async function holdCatalogue(deps: HoldDeps, policies: readonly PolicyV1[] = []): Promise<LoadedCatalogue> {
  const version = await readCatalogueVersion(deps.db);
  letGoWhenIdle(deps.db);
  const held = HELD.get(deps.db);
  const reader = held?.reader ?? policies.find(asksForTexts);
  const isEnough = held && (held.reader !== undefined || reader === undefined);
  if (isEnough && (held.version === version || performance.now() < held.keptUntil)) return held.loaded;
  const fresh = read(deps, version, reader);
  HELD.set(deps.db, fresh);
  return fresh.loaded;
}

function read(deps: HoldDeps, version: string, reader: PolicyV1 | undefined): Held {
  const began = performance.now();
  const loaded = loadCatalogue(deps, reader ? [reader] : []);
  const held: Held = { version, reader, loaded, keptUntil: Number.POSITIVE_INFINITY };
  void settle(deps.db, held, began);
  return held;
}

async function settle(db: Deps['db'], held: Held, began: number): Promise<void> {
  try {
    await held.loaded;
    const now = performance.now();
    held.keptUntil = now - began > QUICK_MS ? now + (now - began) * KEPT_FOR_READINGS : 0;
  } catch {
    // Whoever asked is told; the next one who asks tries again.
    if (HELD.get(db) === held) HELD.delete(db);
  }
}

function letGoWhenIdle(db: Deps['db']): void {
  clearTimeout(IDLE.get(db));
  IDLE.set(db, setTimeout(() => HELD.delete(db), IDLE_MS).unref());
}
