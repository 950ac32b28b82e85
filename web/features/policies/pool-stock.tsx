import { useQuery } from '@tanstack/react-query';
import type { PolicyRowView } from '#shared/contracts/views.ts';
import { count } from '#web/lib/words.ts';
import { Progress } from '#web/ui/progress.tsx';
import { Skeleton } from '#web/ui/states.tsx';
import { StateText } from '#web/ui/state-text.tsx';
import { policyClient } from './policy-client.ts';
import styles from './pool-stock.module.css';
import { sentenceOf } from './verdict.tsx';

const FRESH_FOR_MS = 5 * 60_000;
const DAYS_AHEAD = 90;

/** What a policy has to choose from and how far that reaches, as far as it is proved. */
export function PoolStock({ row }: { readonly row: PolicyRowView }) {
  const { familyId, playlists } = row;
  const check = useQuery({
    queryKey: ['policy-check', familyId, 'stored', row.id, playlists],
    queryFn: ({ signal }) =>
      policyClient.policies.check.query({ body: row.body, familyId, playlists: Math.max(1, playlists), days: DAYS_AHEAD }, { signal }),
    staleTime: FRESH_FOR_MS,
  });
  if (check.error) return <p className="small muted">Its pool could not be counted just now.</p>;
  if (!check.data) return <Skeleton height="52px" />;
  const { pool, catalogue, feasibility } = check.data;
  return (
    <div className={styles['stock']}>
      <p>
        <b>{count(pool ?? 0)}</b> may play
      </p>
      <Progress value={pool ?? 0} max={Math.max(1, catalogue ?? 1)} name={`${row.name}: part of the catalogue that may play`} />
      {feasibility ? <StateText tone={feasibility.kind === 'feasible' ? 'good' : 'bad'}>{sentenceOf(feasibility)}</StateText> : null}
    </div>
  );
}
