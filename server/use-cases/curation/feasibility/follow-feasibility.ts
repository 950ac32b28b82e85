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
import { NO_CHECK } from '#shared/contracts/policies/feasibility-views.ts';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { checkWithNearest, countFirst, packInput, unpackInput } from '#shared/domain/curation/feasibility/feasibility.ts';
import type { PackedInput, SeparateRefs } from '#shared/domain/curation/feasibility/feasibility.ts';
import { bannedRows } from '#shared/domain/policies/policy-refs.ts';
import { listsOfDraft } from '../preview/draft-lists.ts';
import { checkInThread } from './check-in-thread.ts';
import { followCachedCheck } from './feasibility-cache.ts';
import type { StartCheck } from './shared-checks.ts';

/** Counting takes a few milliseconds per 10,000 recordings. For a larger catalog the thread counts. */
const COUNTED_HERE_MAX = 100_000;

/**
 * Follows the check whether the lists of a draft can be filled for `days`, from the next day without lists, together with the other lists of the
 * network: a first answer by counting, then the exact check in a thread. The check ends when nobody follows it. Throws the reason of `signal`.
 */
export async function* followFeasibility(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>,
  draft: DraftToProve,
): AsyncGenerator<FeasibilityCheckView, void> {
  const loaded = await getCachedCatalog(deps, { texts: policyNeedsTexts(draft.policy) });
  if (loaded.catalog.size === 0) {
    yield NO_CHECK;
    return;
  }
  const today = dayOf(deps.now());
  const from = (await listSnapshotStatuses(deps.db, today)).size > 0 ? addDays(today, 1) : today;
  const playlists = await listPlaylists(deps.db, { status: 'active' });
  const { policy, familyId, days, signal } = draft;
  const followers = listsOfDraft(playlists, { policy, familyId, count: draft.playlists });
  const ids = followers.map((playlist) => playlist.id);
  const otherPlaylists = playlists.filter(({ id }) => !ids.includes(id));
  const start: StartCheck = (run) => runCheck(deps, { policy, days, loaded, from, followers, otherPlaylists }, run);
  yield* followCachedCheck(deps, { policy, familyId, days, from, ids }, { start, signal });
}

interface CheckInput {
  readonly policy: Policy;
  readonly days: number;
  readonly loaded: LoadedCatalog;
  readonly from: string;
  /** The lists of the draft, and all other lists. */
  readonly followers: readonly PlaylistToCurate[];
  readonly otherPlaylists: readonly PlaylistToCurate[];
}

async function runCheck(
  deps: Pick<Deps, 'db' | 'now' | 'caches'>,
  check: CheckInput,
  { report, signal }: Parameters<StartCheck>[0],
): Promise<FeasibilityCheckView> {
  const { catalog } = check.loaded;
  const packed = await packCheck(deps, check);
  if (catalog.size <= COUNTED_HERE_MAX) {
    const input = unpackInput(packed, catalog);
    const first = countFirst(input);
    // Counting is all the work there is.
    if (first.verdict === 'feasible') return [...checkWithNearest(input)].at(-1) ?? first;
    report({ ...first, stage: 'waiting' });
  }
  return deps.caches.feasibilityThreads(() => checkInThread({ catalog, input: packed, report, signal }));
}

async function packCheck(deps: Pick<Deps, 'db' | 'now'>, check: CheckInput): Promise<PackedInput> {
  const { loaded, from, followers, otherPlaylists, policy, days } = check;
  const prepare = async (playlists: readonly PlaylistToCurate[]) => (await prepareLists(deps, loaded, { from, playlists }))(from);
  const [own, others] = await Promise.all([prepare(followers), prepare(otherPlaylists)]);
  const repeatIndex = await readRecentPlacements(deps, loaded, { day: from, lists: [...own, ...others] });
  const refs = { ...(await resolveSeparately(deps, loaded, policy)), neighbors: own[0]?.refs.neighbors };
  return packInput({ from, days, policy, own, others, repeatIndex, refs });
}

/** Resolves all pins and bans of the policy once, so that variants of it with fewer of them need no further query. */
async function resolveSeparately(deps: Pick<Deps, 'db'>, loaded: LoadedCatalog, policy: Policy): Promise<Omit<SeparateRefs, 'neighbors'>> {
  const { pins, bans } = policy;
  const none = { recordings: [], artists: [], albums: [] };
  const single = pins.map((pin): Policy => ({ ...policy, pins: [pin], bans: none }));
  const albums: Policy = { ...policy, pins: [], bans: { ...none, albums: bans.albums } };
  const recordings: Policy = { ...policy, pins: [], bans: { ...none, recordings: bans.recordings } };
  const found = await resolveRefs(deps, loaded, [...single, albums, recordings]);
  return {
    pins: single.map((one) => found.get(one)?.pins ?? []),
    banned: {
      recordings: found.get(recordings)?.banned,
      artists: bannedRows(loaded.catalog, { artists: bans.artists, albums: [] }, []),
      albums: found.get(albums)?.banned,
    },
  };
}
