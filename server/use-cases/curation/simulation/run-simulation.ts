import type { Deps } from '#server/deps.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { findSimulation, updateOpenSimulation } from '#server/repos/curation/simulations.ts';
import type { SimulationRow } from '#server/repos/curation/simulations.ts';
import { loadCatalog } from '#server/use-cases/catalog/load-catalog.ts';
import type { PlaylistToCurate } from '../prepare-lists.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import { WorkStopped } from '#server/use-cases/work-stopped.ts';
import { DRAFT_ID, listsOfDraft } from '../preview/draft-lists.ts';
import type { SimulatedVariant, SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import { simulateDays } from './simulate-days.ts';
import { requireVariant } from './require-variant.ts';

type SimulateDeps = Pick<Deps, 'db' | 'stream' | 'now'>;

/**
 * Runs a queued simulation, variant by variant, and stores the results. A canceled one stops before its next day.
 * States: `queued` → `running` → `done`, `failed` (by `failSimulation`) or `cancelled`.
 */
export async function runSimulation(
  deps: SimulateDeps,
  { id, signal }: { id: string; signal: AbortSignal },
  report: Report = async () => {},
): Promise<Outcome> {
  const row = await findSimulation(deps.db, id);
  const isStarted = row !== undefined && (await updateOpenSimulation(deps.db, id, { status: 'running', done: 0 }));
  if (!isStarted) return { outcome: 'The simulation was canceled daysBefore it started.' };
  const results = await simulate(deps, row, { report, signal });
  if (results === 'cancelled') return { outcome: `${row.title}: canceled.` };
  await updateOpenSimulation(deps.db, id, { status: 'done', done: row.total, results, finishedAt: deps.now() });
  return {
    outcome: `${row.title}: ${results.map(({ result }) => (result.dryDay ? `not enough music from ${result.dryDay} on` : 'every list filled')).join('; ')}.`,
  };
}

/** Marks a simulation that will not be retried as failed, with the reason. */
export async function failSimulation(deps: Pick<Deps, 'db' | 'now'>, id: string, reason: string): Promise<void> {
  await updateOpenSimulation(deps.db, id, { status: 'failed', problem: reason, finishedAt: deps.now() });
}

interface Progress {
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** Thrown between days when the simulation was canceled. */
class SimulationCanceled extends Error {}

/** Throws when the job was stopped. A run canceled on the Jobs page cancels the simulation too, so it is not resumed. */
async function throwIfStopped(deps: SimulateDeps, id: string, signal: AbortSignal): Promise<void> {
  if (signal.reason instanceof WorkStopped && signal.reason.kind === 'cancelled')
    await updateOpenSimulation(deps.db, id, { status: 'cancelled', finishedAt: deps.now() });
  signal.throwIfAborted();
}

async function simulate(deps: SimulateDeps, row: SimulationRow, progress: Progress): Promise<SimulationView['results'] | 'cancelled'> {
  const { days, from, variants } = row.input;
  const playlists = await listPlaylists(deps.db, { status: 'active' });
  const variantLists: { name: string; lists: PlaylistToCurate[] }[] = [];
  const families = new Set<string>();
  for (const variant of variants) {
    const draft = await requireVariant(deps.db, variant);
    if (draft) families.add(draft.familyId ?? DRAFT_ID);
    variantLists.push({ name: variant.name, lists: withVariant(playlists, draft) });
  }
  await progress.report({ doing: 'Reading the catalog', done: 0, total: row.total });
  const loaded = await loadCatalog(deps, { texts: variantLists.some(({ lists }) => lists.some((list) => policyNeedsTexts(list.policy))) });
  const results: SimulatedVariant[] = [];
  try {
    for (const { name, lists } of variantLists) {
      const daysBefore = results.length * days;
      const onDay = (daysDone: number) => reportDay(deps, row, { ...progress, done: daysBefore + daysDone, name });
      results.push({ name, ...(await simulateDays(deps, loaded, { from: from ?? '', days, playlists: lists, families, onDay })) });
    }
  } catch (error) {
    if (error instanceof SimulationCanceled) return 'cancelled';
    throw error;
  }
  return results;
}

async function reportDay(deps: SimulateDeps, { id, total }: SimulationRow, at: Progress & { done: number; name: string }): Promise<void> {
  await throwIfStopped(deps, id, at.signal);
  if (!(await updateOpenSimulation(deps.db, id, { done: at.done }))) throw new SimulationCanceled();
  await at.report({ doing: `Simulating “${at.name}”`, done: at.done, total });
}

/** The playlists with a variant in place of its family's policy; a policy without playlists gets one draft list. */
function withVariant(playlists: readonly CuratedPlaylist[], variant: Awaited<ReturnType<typeof requireVariant>>): PlaylistToCurate[] {
  if (!variant) return [...playlists];
  const followers = listsOfDraft(playlists, variant);
  const ids = new Set(followers.map((follower) => follower.id));
  return [...playlists.filter((playlist) => !ids.has(playlist.id)), ...followers].toSorted((a, b) => a.globalIndex - b.globalIndex);
}
