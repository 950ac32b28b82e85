import { useQuery } from '@tanstack/react-query';
import type { PolicyRowView } from '#shared/contracts/views.ts';
import { count } from '#web/lib/words.ts';
import { Progress } from '#web/ui/feedback/progress.tsx';
import { Skeleton } from '#web/ui/feedback/states.tsx';
import { policyClient } from '../editor/policy-client.ts';
import styles from './pool-stock.module.css';
import { lastsWords } from './policy-says.ts';

const FRESH_FOR_MS = 5 * 60_000;

/** What a policy has to choose from and how far that reaches by counting. */
export function PoolStock({ row }: { readonly row: PolicyRowView }) {
  const { familyId, playlists } = row;
  const check = useQuery({
    queryKey: ['policy-check', familyId, 'stored', row.id],
    queryFn: ({ signal }) => policyClient.policies.check.query({ body: row.body, familyId, feasibility: false }, { signal }),
    staleTime: FRESH_FOR_MS,
  });
  if (check.error) return <p className="small muted">Its pool could not be counted just now.</p>;
  if (!check.data) return <Skeleton height="52px" />;
  const { pool, catalogue } = check.data;
  return (
    <div className={styles['stock']}>
      <p>
        <b>{count(pool ?? 0)}</b> may play
      </p>
      <Progress value={pool ?? 0} max={Math.max(1, catalogue ?? 1)} name={`${row.name}: part of the catalogue that may play`} />
      <p className="small muted">{lastsWords(row.body, { pool: pool ?? 0, playlists: Math.max(1, playlists) })}</p>
    </div>
  );
}
