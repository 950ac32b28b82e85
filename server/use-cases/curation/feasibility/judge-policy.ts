import type { Deps } from '#server/deps.ts';
import { listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { holdCatalogue } from '#server/use-cases/catalog/held-catalog.ts';
import type { LoadedCatalogue } from '#server/use-cases/catalog/load-catalog.ts';
import { openLists } from '../open-lists.ts';
import type { OpenedPlaylist } from '../open-lists.ts';
import { readMemory } from '../read-memory.ts';
import { resolveRefs } from '#server/use-cases/policies/resolve-refs.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { judgeFeasibility } from '#shared/domain/curation/feasibility/feasibility.ts';
import { bannedRows, NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { setImmediate } from 'node:timers/promises';
import { listsOfDraft } from '../preview/draft-lists.ts';
import { keepVerdict } from './kept-verdicts.ts';

interface Draft {
  readonly policy: PolicyV1;
  readonly familyId: string | undefined;
  readonly playlists: number;
  readonly days: number;
  /** Aborted when nobody waits for the verdict any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Others are answered in between whenever a judgement has kept this process for so long. */
const BREATH_MS = 20;

/**
 * Whether the lists of a draft can be filled for `days`, from the next day that has none, beside the other lists of the network. Null while the
 * catalogue is empty: nothing can be said of music that is not there yet.
 */
export async function judgePolicy(deps: Pick<Deps, 'db' | 'stream' | 'now'>, draft: Draft): Promise<FeasibilityView | null> {
  const loaded = await holdCatalogue(deps, [draft.policy]);
  if (loaded.catalogue.size === 0) return null;
  const today = dayOf(deps.now());
  const from = (await listSnapshotStatuses(deps.db, today)).size > 0 ? addDays(today, 1) : today;
  const playlists = await listPlaylists(deps.db, { status: 'active' });
  const { policy, familyId, days } = draft;
  const followers = listsOfDraft(playlists, { policy, familyId, count: draft.playlists });
  const ids = followers.map((playlist) => playlist.id);
  return keepVerdict(deps, { policy, familyId, days, from, ids }, () =>
    judge(deps, { ...draft, loaded, from, followers, beside: playlists.filter(({ id }) => !ids.includes(id)) }),
  );
}

interface Judgement extends Draft {
  readonly loaded: LoadedCatalogue;
  readonly from: string;
  /** The lists of the draft, and those of all others. */
  readonly followers: readonly OpenedPlaylist[];
  readonly beside: readonly OpenedPlaylist[];
}

async function judge(deps: Pick<Deps, 'db'>, judgement: Judgement): Promise<FeasibilityView> {
  const { loaded, from, followers, beside, policy, days } = judgement;
  const open = async (some: readonly OpenedPlaylist[]) => (await openLists(deps, loaded, { from, playlists: some }))(from);
  const [own, others] = await Promise.all([open(followers), open(beside)]);
  const memory = await readMemory(deps, loaded, { day: from, lists: [...own, ...others] });
  const refsOf = await prepareRefs(deps, loaded, policy);
  return takeSteps(judgeFeasibility({ policy, days, catalogue: loaded.catalogue, from, own, others, memory, refsOf }), judgement.signal);
}

async function takeSteps(steps: Generator<undefined, FeasibilityView>, signal: AbortSignal | undefined): Promise<FeasibilityView> {
  for (let breathed = performance.now(); ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - breathed < BREATH_MS) continue;
    await setImmediate();
    signal?.throwIfAborted();
    breathed = performance.now();
  }
}

/** Finds everything that the policy names once, so that what is left of it without some pins or bans needs no further question. */
async function prepareRefs(deps: Pick<Deps, 'db'>, loaded: LoadedCatalogue, policy: PolicyV1): Promise<(left: PolicyV1) => PolicyRefs> {
  const { pins, bans } = policy;
  const none = { recordings: [], artists: [], albums: [] };
  const single = pins.map((pin): PolicyV1 => ({ ...policy, pins: [pin], bans: none }));
  const albums: PolicyV1 = { ...policy, pins: [], bans: { ...none, albums: bans.albums } };
  const recordings: PolicyV1 = { ...policy, pins: [], bans: { ...none, recordings: bans.recordings } };
  const found = await resolveRefs(deps, loaded, [...single, albums, recordings]);
  const pinned = new Map(pins.map((pin, at) => [pin, single[at] ? (found.get(single[at])?.pins ?? []) : []]));
  const size = loaded.catalogue.size;
  const artists = bannedRows(loaded.catalogue, { artists: bans.artists, albums: [] }, []);
  return (left) => {
    const sets = [
      left.bans.albums.length > 0 ? found.get(albums)?.banned : undefined,
      left.bans.recordings.length > 0 ? found.get(recordings)?.banned : undefined,
      left.bans.artists.length > 0 ? artists : undefined,
    ].filter((set) => set !== undefined);
    return { ...NO_REFS, pins: left.pins.flatMap((pin) => pinned.get(pin) ?? []), banned: sets.length === 0 ? undefined : unite(size, sets) };
  };
}

function unite(size: number, sets: readonly RowSet[]): RowSet {
  const all = new RowSet(size);
  for (let row = 0; row < size; row++) if (sets.some((set) => set.has(row))) all.add(row);
  return all;
}
