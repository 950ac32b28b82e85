import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import type { SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { SimulationForm } from '#web/features/policies/simulation/simulation-form.tsx';
import { SimulationRun } from '#web/features/policies/simulation/simulation-run.tsx';
import { answerOf } from '#web/features/policies/simulation/simulation-words.ts';
import styles from '#web/features/policies/simulation/simulation.module.css';
import { withDayNames } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { PageHead } from '#web/ui/layout/page-head.tsx';
import { ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';

const LOOK_AGAIN_MS = 2_000;

const route = getRouteApi('/admin/policies/simulation');

/** Days played forward before they come: one version, or two side by side. The address names the run, so it is found again anywhere. */
export function SimulationPage() {
  usePageTitle('Simulation');
  const { a, b, run, draft } = route.useSearch();
  const navigate = useNavigate();
  const families = useQuery(trpc.policies.families.queryOptions());
  const earlier = useQuery(
    trpc.policies.simulations.queryOptions(undefined, { refetchInterval: ({ state }) => (state.data?.some(isUnderway) ? LOOK_AGAIN_MS : false) }),
  );
  if (families.error && !families.data)
    return <ErrorState isPage error={families.error} what="The simulation cannot be set up." onRetry={() => void families.refetch()} />;
  return (
    <>
      <PageHead title="How would it go?">
        The nights to come, played as they would be: the same choices, the same rests, the same seeds. Nothing is stored in the ledger and nothing is
        written to Spotify.
      </PageHead>
      <div className={styles['cols']}>
        <div>
          {families.data ? (
            <SimulationForm
              key={`${a ?? ''} ${b ?? ''}`}
              families={families.data}
              chosen={{ a, b }}
              onStarted={(id) => void navigate({ to: '/admin/policies/simulation', search: { a, b, run: id } })}
            />
          ) : (
            <Skeleton height="240px" />
          )}
          <Earlier simulations={earlier.data ?? []} run={run} />
        </div>
        {run ? (
          <SimulationRun key={run} id={run} families={families.data ?? []} draftKey={draft} />
        ) : (
          <div>
            <h2 className={styles['none']}>Nothing is played forward here yet.</h2>
            <p>Choose a version and how many days. It runs in the background: you can close this page and find the result again on any device.</p>
          </div>
        )}
      </div>
    </>
  );
}

function Earlier({ simulations, run }: { readonly simulations: readonly SimulationView[]; readonly run: string | undefined }) {
  if (simulations.length === 0) return null;
  return (
    <div className={styles['earlier']}>
      <h2>Earlier</h2>
      <ul>
        {simulations.map((one) => (
          <li key={one.id}>
            <Link to="/admin/policies/simulation" search={{ run: one.id }} aria-current={one.id === run ? 'page' : undefined}>
              {withDayNames(one.title)}
            </Link>
            <p>{answerOf(one)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

const isUnderway = ({ status }: SimulationView) => status === 'queued' || status === 'running';
