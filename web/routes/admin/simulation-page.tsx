import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import type { SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { SimulationForm } from '#web/features/policies/simulation/simulation-form.tsx';
import { SimulationRun } from '#web/features/policies/simulation/simulation-run.tsx';
import { simulationStatusText } from '#web/features/policies/simulation/simulation-text.ts';
import styles from '#web/features/policies/simulation/simulation.module.css';
import { withDayNames } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { PageHead } from '#web/ui/layout/page-head.tsx';
import { ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';

const POLL_MS = 2_000;

const route = getRouteApi('/admin/policies/simulation');

/** Simulates the coming days for one version, or compares two. The run is part of the URL, so the result can be opened again on any device. */
export function SimulationPage() {
  usePageTitle('Simulation');
  const { a, b, run, draft } = route.useSearch();
  const navigate = useNavigate();
  const families = useQuery(trpc.playlistAdmin.policies.families.queryOptions());
  const earlier = useQuery(
    trpc.playlistAdmin.curation.simulations.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some(isRunning) ? POLL_MS : false),
    }),
  );
  if (families.error && !families.data)
    return <ErrorState isPage error={families.error} what="Can’t load the policies." onRetry={() => void families.refetch()} />;
  return (
    <>
      <PageHead title="Simulation">
        Simulates the coming days with the same selection, repeat windows and seeds as the daily run. Nothing is stored in the ledger or written to
        Spotify.
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
          <EarlierSimulations simulations={earlier.data ?? []} run={run} />
        </div>
        {run ? (
          <SimulationRun key={run} id={run} families={families.data ?? []} draftKey={draft} />
        ) : (
          <div>
            <h2 className={styles['none']}>No simulation selected</h2>
            <p>
              Choose a version and the number of days. It runs in the background: you can close this page and open the result later on any device.
            </p>
          </div>
        )}
      </div>
    </>
  );
}

function EarlierSimulations({ simulations, run }: { readonly simulations: readonly SimulationView[]; readonly run: string | undefined }) {
  if (simulations.length === 0) return null;
  return (
    <div className={styles['earlier']}>
      <h2>Earlier simulations</h2>
      <ul>
        {simulations.map((one) => (
          <li key={one.id}>
            <Link to="/admin/policies/simulation" search={{ run: one.id }} aria-current={one.id === run ? 'page' : undefined}>
              {withDayNames(one.title)}
            </Link>
            <p>{simulationStatusText(one)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

const isRunning = ({ status }: SimulationView) => status === 'queued' || status === 'running';
