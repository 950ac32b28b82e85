import { useMutation, useQuery } from '@tanstack/react-query';
import type { SimulatedDraft, PolicyFamilyView, SimulationDetailView, SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { withDayNames } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, percent } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import { ErrorState, InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { SimulatedDraftBar } from './simulated-draft-bar.tsx';
import { variantName } from './simulation-form.tsx';
import { SimulationResults } from './simulation-result.tsx';
import { simulationStatusText } from './simulation-text.ts';
import styles from './simulation.module.css';

const POLL_MS = 700;

interface SimulationRunProps {
  readonly id: string;
  readonly families: readonly PolicyFamilyView[];
  /** Storage key of the simulated draft in this browser. */
  readonly draftKey?: string | undefined;
}

/** One simulation: its progress, then its results. It runs in the background, whether or not this page is open. */
export function SimulationRun({ id, families, draftKey }: SimulationRunProps) {
  const run = useQuery(
    trpc.playlistAdmin.curation.simulation.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data && isFinished(state.data) ? false : POLL_MS) },
    ),
  );
  if (run.error && !run.data) return <ErrorState error={run.error} what="Can’t load this simulation." onRetry={() => void run.refetch()} />;
  if (!run.data) return <Skeleton height="420px" />;
  const view = run.data;
  return (
    <section className={styles['run']} aria-label="Simulation">
      <div aria-live="polite">
        <h2>{simulationStatusText(view)}</h2>
      </div>
      <p className="small muted">{withDayNames(view.title)}</p>
      {view.problem ? <p className={styles['problem']}>{view.problem}</p> : null}
      {isFinished(view) ? null : <RunProgress view={view} />}
      {view.draft ? (
        <SimulatedDraftBar draft={view.draft} family={families.find(({ familyId }) => familyId === view.draft?.familyId)} draftKey={draftKey} />
      ) : null}
      {view.results.length > 0 ? <SimulationResults results={view.results} restDays={repeatWindowOf(view, families)} /> : null}
    </section>
  );
}

function RunProgress({ view }: { readonly view: SimulationView }) {
  const cancel = useMutation(
    trpc.playlistAdmin.curation.cancelSimulation.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.playlistAdmin.curation.pathFilter()),
    }),
  );
  return (
    <div className={styles['progress']}>
      <ProgressBar value={view.done} max={view.total} name="Days simulated" moving />
      <p>
        <span>
          {count(view.done)} of {count(view.total)} days simulated, {percent(view.total === 0 ? 0 : view.done / view.total)}
        </span>
        <Button size="small" working={cancel.isPending ? 'Canceling…' : false} onClick={() => cancel.mutate({ id: view.id })}>
          Cancel simulation
        </Button>
      </p>
      {cancel.error ? <InlineError error={cancel.error} /> : null}
    </div>
  );
}

const isFinished = ({ status }: SimulationView) => status !== 'queued' && status !== 'running';

/** The repeat window of the simulated versions, in days, if all have the same one; otherwise null. */
function repeatWindowOf(view: SimulationDetailView, families: readonly PolicyFamilyView[]): number | null {
  if (view.draft) return repeatWindowOfDraft(view.draft, families);
  const names = view.results.map(({ name }) => name);
  const windows = families.flatMap(({ versions }) =>
    versions.filter((version) => names.includes(variantName(version))).map(({ body }) => body.rest.days),
  );
  const [first] = windows;
  return first !== undefined && windows.every((days) => days === first) ? first : null;
}

/** The repeat window of a draft, if the versions followed now have the same one; otherwise null. */
function repeatWindowOfDraft({ familyId, policy }: SimulatedDraft, families: readonly PolicyFamilyView[]): number | null {
  const followed = families.flatMap((family) => (family.familyId === familyId ? family.versions.filter((version) => version.playlists > 0) : []));
  return followed.every(({ body }) => body.rest.days === policy.rest.days) ? policy.rest.days : null;
}
