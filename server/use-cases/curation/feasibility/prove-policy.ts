import type { Deps } from '#server/deps.ts';
import { listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import { prepareLists } from '../prepare-lists.ts';
import type { PlaylistToCurate } from '../prepare-lists.ts';
import { readRecentPlacements } from '../read-recent-placements.ts';
import type { DraftToProve } from '#server/use-cases/policies/create-policy.ts';
import { resolveRefs } from '#server/use-cases/policies/resolve-refs.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { checkFeasibility } from '#shared/domain/curation/feasibility/feasibility.ts';
import { bannedRows, NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { setImmediate } from 'node:timers/promises';
import { listsOfDraft } from '../preview/draft-lists.ts';
import { withFeasibilityCache } from './feasibility-cache.ts';

/** The check yields to the event loop after this much uninterrupted work. */
const YIELD_AFTER_MS = 20;

/**
 * Checks whether the lists of a draft can be filled for `days`, from the next day without lists, together with the other lists of the network. Null
 * while the catalog is empty. Throws the reason of `signal` when it aborts.
 */
export async function provePolicy(deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>, draft: DraftToProve): Promise<FeasibilityView | null> {
  const loaded = await getCachedCatalog(deps, { texts: policyNeedsTexts(draft.policy) });
  if (loaded.catalog.size === 0) return null;
  const today = dayOf(deps.now());
  const from = (await listSnapshotStatuses(deps.db, today)).size > 0 ? addDays(today, 1) : today;
  const playlists = await listPlaylists(deps.db, { status: 'active' });
  const { policy, familyId, days } = draft;
  const followers = listsOfDraft(playlists, { policy, familyId, count: draft.playlists });
  const ids = followers.map((playlist) => playlist.id);
  return withFeasibilityCache(deps, { policy, familyId, days, from, ids }, () =>
    runCheck(deps, { ...draft, loaded, from, followers, otherPlaylists: playlists.filter(({ id }) => !ids.includes(id)) }),
  );
}

interface CheckInput extends DraftToProve {
  readonly loaded: LoadedCatalog;
  readonly from: string;
  /** The lists of the draft, and all other lists. */
  readonly followers: readonly PlaylistToCurate[];
  readonly otherPlaylists: readonly PlaylistToCurate[];
}

async function runCheck(deps: Pick<Deps, 'db'>, check: CheckInput): Promise<FeasibilityView> {
  const { loaded, from, followers, otherPlaylists, policy, days } = check;
  const prepare = async (playlists: readonly PlaylistToCurate[]) => (await prepareLists(deps, loaded, { from, playlists }))(from);
  const [own, others] = await Promise.all([prepare(followers), prepare(otherPlaylists)]);
  const repeatIndex = await readRecentPlacements(deps, loaded, { day: from, lists: [...own, ...others] });
  const refsOf = await prepareRefs(deps, loaded, policy);
  return runSteps(checkFeasibility({ policy, days, catalog: loaded.catalog, from, own, others, repeatIndex, refsOf }), check.signal);
}

async function runSteps(steps: Generator<undefined, FeasibilityView>, signal: AbortSignal | undefined): Promise<FeasibilityView> {
  for (let yieldedAt = performance.now(); ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - yieldedAt < YIELD_AFTER_MS) continue;
    await setImmediate();
    signal?.throwIfAborted();
    yieldedAt = performance.now();
  }
}

/** Resolves all pins and bans of the policy once, so that variants of it with fewer of them need no further query. */
async function prepareRefs(deps: Pick<Deps, 'db'>, loaded: LoadedCatalog, policy: PolicyV1): Promise<(remaining: PolicyV1) => PolicyRefs> {
  const { pins, bans } = policy;
  const none = { recordings: [], artists: [], albums: [] };
  const single = pins.map((pin): PolicyV1 => ({ ...policy, pins: [pin], bans: none }));
  const albums: PolicyV1 = { ...policy, pins: [], bans: { ...none, albums: bans.albums } };
  const recordings: PolicyV1 = { ...policy, pins: [], bans: { ...none, recordings: bans.recordings } };
  const found = await resolveRefs(deps, loaded, [...single, albums, recordings]);
  const pinned = new Map(pins.map((pin, at) => [pin, single[at] ? (found.get(single[at])?.pins ?? []) : []]));
  const size = loaded.catalog.size;
  const artists = bannedRows(loaded.catalog, { artists: bans.artists, albums: [] }, []);
  return (remaining) => {
    const sets = [
      remaining.bans.albums.length > 0 ? found.get(albums)?.banned : undefined,
      remaining.bans.recordings.length > 0 ? found.get(recordings)?.banned : undefined,
      remaining.bans.artists.length > 0 ? artists : undefined,
    ].filter((set) => set !== undefined);
    return { ...NO_REFS, pins: remaining.pins.flatMap((pin) => pinned.get(pin) ?? []), banned: sets.length === 0 ? undefined : unite(size, sets) };
  };
}

function unite(size: number, sets: readonly RowSet[]): RowSet {
  const all = new RowSet(size);
  for (let row = 0; row < size; row++) if (sets.some((set) => set.has(row))) all.add(row);
  return all;
}
