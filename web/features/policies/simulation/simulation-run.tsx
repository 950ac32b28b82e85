import { useMutation, useQuery } from '@tanstack/react-query';
import type { PlayedDraft, PolicyFamilyView, SimulationDetailView, SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { withDayNames } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, percent } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Progress } from '#web/ui/feedback/progress.tsx';
import { ErrorState, Refusal, Skeleton } from '#web/ui/feedback/states.tsx';
import { PlayedDraftBar } from './played-draft.tsx';
import { variantName } from './simulation-form.tsx';
import { SimulationResults } from './simulation-result.tsx';
import { answerOf } from './simulation-words.ts';
import styles from './simulation.module.css';

const LOOK_AGAIN_MS = 700;

interface SimulationRunProps {
  readonly id: string;
  readonly families: readonly PolicyFamilyView[];
  /** Under which a draft that is played is kept in this browser. */
  readonly draftKey?: string | undefined;
}

/** One simulation: how far it is, and when it is done what came out. It runs on whether or not anybody looks. */
export function SimulationRun({ id, families, draftKey }: SimulationRunProps) {
  const run = useQuery(
    trpc.policies.simulation.queryOptions({ id }, { refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : LOOK_AGAIN_MS) }),
  );
  if (run.error && !run.data) return <ErrorState error={run.error} what="This simulation cannot be shown." onRetry={() => void run.refetch()} />;
  if (!run.data) return <Skeleton height="420px" />;
  const view = run.data;
  return (
    <section className={styles['run']} aria-label="Simulation">
      <div aria-live="polite">
        <h2>{answerOf(view)}</h2>
      </div>
      <p className="small muted">{withDayNames(view.title)}</p>
      {view.problem ? <p className={styles['trouble']}>{view.problem}</p> : null}
      {isOver(view) ? null : <Underway view={view} />}
      {view.draft ? (
        <PlayedDraftBar draft={view.draft} family={families.find(({ familyId }) => familyId === view.draft?.familyId)} draftKey={draftKey} />
      ) : null}
      {view.results.length > 0 ? <SimulationResults results={view.results} restDays={restOf(view, families)} /> : null}
    </section>
  );
}

function Underway({ view }: { readonly view: SimulationView }) {
  const cancel = useMutation(
    trpc.policies.cancelSimulation.mutationOptions({ onSuccess: () => void queryClient.invalidateQueries(trpc.policies.pathFilter()) }),
  );
  return (
    <div className={styles['underway']}>
      <Progress value={view.done} max={view.total} name="Days played" moving />
      <p>
        <span>
          {count(view.done)} of {count(view.total)} days played, {percent(view.total === 0 ? 0 : view.done / view.total)}
        </span>
        <Button size="small" working={cancel.isPending ? 'Cancelling…' : false} onClick={() => cancel.mutate({ id: view.id })}>
          Cancel
        </Button>
      </p>
      {cancel.error ? <Refusal error={cancel.error} /> : null}
    </div>
  );
}

const isOver = ({ status }: SimulationView) => status !== 'queued' && status !== 'running';

/** The rest of the versions that were played, when they agree on one. */
function restOf(view: SimulationDetailView, families: readonly PolicyFamilyView[]): number | null {
  if (view.draft) return restOfDraft(view.draft, families);
  const names = view.results.map(({ name }) => name);
  const rests = families.flatMap(({ versions }) =>
    versions.filter((version) => names.includes(variantName(version))).map(({ body }) => body.rest.days),
  );
  const [first] = rests;
  return first !== undefined && rests.every((rest) => rest === first) ? first : null;
}

/** A draft beside what is followed now: only when both rest as long. */
function restOfDraft({ familyId, policy }: PlayedDraft, families: readonly PolicyFamilyView[]): number | null {
  const followed = families.flatMap((family) => (family.familyId === familyId ? family.versions.filter((version) => version.playlists > 0) : []));
  return followed.every(({ body }) => body.rest.days === policy.rest.days) ? policy.rest.days : null;
}
