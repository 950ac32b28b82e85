import { useQuery } from '@tanstack/react-query';
import type { PolicyRowView } from '#shared/contracts/policies/policy-row.ts';
import { count } from '#web/lib/words.ts';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import { Skeleton } from '#web/ui/feedback/states.tsx';
import { policyClient } from '../editor/policy-client.ts';
import styles from './pool-size.module.css';
import { poolDaysSummary } from './policy-summary.ts';

const FRESH_FOR_MS = 5 * 60_000;

/** The size of a policy's pool, and how many days it lasts by counting alone. */
export function PoolSize({ row }: { readonly row: PolicyRowView }) {
  const { familyId, playlists } = row;
  const check = useQuery({
    queryKey: ['policy-check', familyId, 'stored', row.id],
    queryFn: ({ signal }) => policyClient.playlistAdmin.policies.check.query({ body: row.body, familyId, feasibility: false }, { signal }),
    staleTime: FRESH_FOR_MS,
  });
  if (check.error) return <p className="small muted">Can’t count the pool. Reload the page to try again.</p>;
  if (!check.data) return <Skeleton height="52px" />;
  const { pool, catalog } = check.data;
  return (
    <div className={styles['pool']}>
      <p>
        <b>{count(pool ?? 0)}</b> in the pool
      </p>
      <ProgressBar value={pool ?? 0} max={Math.max(1, catalog ?? 1)} name={`${row.name}: share of the catalog in the pool`} />
      <p className="small muted">{poolDaysSummary(row.body, { pool: pool ?? 0, playlists: Math.max(1, playlists) })}</p>
    </div>
  );
}
