import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PolicyForm } from '#web/features/operate/policy-form.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { inWords, opening, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/button.tsx';
import { PageHead, Part } from '#web/ui/page-head.tsx';
import { ErrorState, Skeleton } from '#web/ui/states.tsx';
import styles from './policies-page.module.css';

/** What must hold and what is preferred, in plain words; and a place to write the next one. */
export function PoliciesPage() {
  usePageTitle('Policies');
  const policies = useQuery(trpc.policies.list.queryOptions());
  const [base, setBase] = useState<string>();
  if (policies.error && !policies.data)
    return <ErrorState isPage error={policies.error} what="The policies cannot be shown." onRetry={() => void policies.refetch()} />;
  const rows = policies.data ?? [];
  const chosen = rows.find((row) => row.id === base);
  return (
    <>
      <PageHead title={policies.data ? answer(rows.length) : <Skeleton width="14em" />}>
        A policy says which recordings may be chosen, which are preferred, and how long each rests. It is never changed, only followed by a next
        version.
      </PageHead>
      <div className={styles['cols']}>
        <Part title={chosen ? `Next version of “${chosen.name}”` : 'Write a policy'}>
          <PolicyForm key={chosen?.id ?? 'new'} base={chosen} onDone={() => setBase(undefined)} />
        </Part>
        <Part title="What holds today">
          {policies.isPending ? <Skeleton height="240px" /> : null}
          {policies.data?.length === 0 ? (
            <p className={styles['none']}>Nothing yet. The policy on the left takes the whole catalogue; save it to begin.</p>
          ) : null}
          <ul className={styles['list']}>
            {rows.map((row) => (
              <li key={row.id}>
                <header>
                  <h3>{row.name}</h3>
                  <span className="small muted">
                    version {row.version} · {plural(row.playlists, 'playlist')}
                  </span>
                  <Button look="quiet" size="small" aria-label={`Next version of ${row.name}`} onClick={() => setBase(row.id)}>
                    Next version
                  </Button>
                </header>
                <ul>
                  {row.rules.map((rule) => (
                    <li key={rule}>{rule}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Part>
      </div>
    </>
  );
}

const answer = (policies: number) =>
  policies === 0 ? 'No policy yet.' : `${opening(inWords(policies))} ${policies === 1 ? 'policy governs' : 'policies govern'} the network.`;
