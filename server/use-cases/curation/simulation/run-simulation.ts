import type { Deps } from '#server/deps.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { findSimulation, updateOpenSimulation } from '#server/repos/curation/simulations.ts';
import type { SimulationRow } from '#server/repos/curation/simulations.ts';
import { loadCatalogue } from '#server/use-cases/catalog/load-catalog.ts';
import type { OpenedPlaylist } from '../open-lists.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import type { Report } from '#server/use-cases/operations/jobs/track-run.ts';
import { WorkStopped } from '#server/use-cases/operations/jobs/work-stopped.ts';
import { DRAFT_ID, listsOfDraft } from '../preview/draft-lists.ts';
import type { SimulatedVariant, SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { playDays } from './play-days.ts';
import { requireVariant } from './variant.ts';

type SimulateDeps = Pick<Deps, 'db' | 'pool' | 'stream' | 'now' | 'newId'>;

/** Plays the days of a queued simulation forward, variant after variant, and stores what came out. One that was cancelled stops before its next day. */
export async function runSimulation(deps: SimulateDeps, id: string, signal: AbortSignal): Promise<void> {
  await trackRun(deps, { task: 'simulate-policies', trigger: 'queue', signal }, async (report) => {
    const row = await findSimulation(deps.db, id);
    const isOpen = row !== undefined && (await updateOpenSimulation(deps.db, id, { status: 'running', done: 0 }));
    if (!isOpen) return { outcome: 'The simulation was cancelled before it began.' };
    const results = await play(deps, row, { report, signal });
    if (results === 'cancelled') return { outcome: `${row.title}: cancelled.` };
    await updateOpenSimulation(deps.db, id, { status: 'done', done: row.total, results, finishedAt: deps.now() });
    return { outcome: `${row.title}: ${results.map(({ result }) => (result.dryDay ? `dry on ${result.dryDay}` : 'every list filled')).join('; ')}.` };
  });
}

/** Says why a simulation will not be tried again. */
export async function failSimulation(deps: Pick<Deps, 'db' | 'now'>, id: string, reason: string): Promise<void> {
  await updateOpenSimulation(deps.db, id, { status: 'failed', problem: reason, finishedAt: deps.now() });
}

interface Watch {
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** Ends a simulation from inside its days. */
class Cancelled extends Error {}

/** Runs are cancelled on the jobs screen too; then the simulation is, and not taken up again. */
async function throwIfStopped(deps: SimulateDeps, id: string, signal: AbortSignal): Promise<void> {
  if (signal.reason instanceof WorkStopped && signal.reason.kind === 'cancelled')
    await updateOpenSimulation(deps.db, id, { status: 'cancelled', finishedAt: deps.now() });
  signal.throwIfAborted();
}

async function play(deps: SimulateDeps, row: SimulationRow, watch: Watch): Promise<SimulationView['results'] | 'cancelled'> {
  const { days, from, variants } = row.input;
  const playlists = await listPlaylists(deps.db, { status: 'active' });
  const opened: { name: string; lists: OpenedPlaylist[] }[] = [];
  const families = new Set<string>();
  for (const variant of variants) {
    const draft = await requireVariant(deps.db, variant);
    if (draft) families.add(draft.familyId ?? DRAFT_ID);
    opened.push({ name: variant.name, lists: replaced(playlists, draft) });
  }
  await watch.report({ doing: 'Reading the catalogue', done: 0, total: row.total });
  const loaded = await loadCatalogue(deps, [...new Set(opened.flatMap(({ lists }) => lists.map((list) => list.policy)))]);
  const results: SimulatedVariant[] = [];
  try {
    for (const { name, lists } of opened) {
      const before = results.length * days;
      const onDay = (played: number) => noteDay(deps, row, { ...watch, done: before + played, name });
      results.push({ name, ...(await playDays(deps, loaded, { from: from ?? '', days, playlists: lists, families, onDay })) });
    }
  } catch (error) {
    if (error instanceof Cancelled) return 'cancelled';
    throw error;
  }
  return results;
}

async function noteDay(deps: SimulateDeps, { id, total }: SimulationRow, at: Watch & { done: number; name: string }): Promise<void> {
  await throwIfStopped(deps, id, at.signal);
  if (!(await updateOpenSimulation(deps.db, id, { done: at.done }))) throw new Cancelled();
  await at.report({ doing: `Playing “${at.name}” forward`, done: at.done, total });
}

/** The network with a variant in the place of its family's policy; a policy that nobody follows yet gets one list of its own. */
function replaced(playlists: readonly CuratedPlaylist[], variant: Awaited<ReturnType<typeof requireVariant>>): OpenedPlaylist[] {
  if (!variant) return [...playlists];
  const followers = listsOfDraft(playlists, variant);
  const ids = new Set(followers.map((one) => one.id));
  return [...playlists.filter((playlist) => !ids.has(playlist.id)), ...followers].toSorted((a, b) => a.globalIndex - b.globalIndex);
}
