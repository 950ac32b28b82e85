import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PolicyRowView } from '#shared/contracts/policies/policy-row.ts';
import { PoolSize } from '#web/features/policies/preview/pool-size.tsx';
import { POLICY_TEMPLATES } from '#shared/domain/policies/policy-templates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { numberInWords, capitalize, plural } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';
import { ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './policies-page.module.css';

/** All policies with their rules and pool sizes, and templates for a new one. */
export function PoliciesPage() {
  usePageTitle('Policies');
  const policies = useQuery(trpc.playlistAdmin.policies.list.queryOptions());
  if (policies.error && !policies.data)
    return <ErrorState isPage error={policies.error} what="Can’t load the policies." onRetry={() => void policies.refetch()} />;
  const rows = policies.data ?? [];
  return (
    <>
      <PageHead
        title={policies.data ? titleText(rows.length) : <TitleSkeleton width="14em" />}
        actions={
          <>
            <Link to="/admin/policies/simulation" className={buttonClass()}>
              Simulate
            </Link>
            <Link to="/admin/policies/new" className={buttonClass('primary')}>
              New policy
            </Link>
          </>
        }
      >
        A policy sets which recordings can play, which are preferred, and when they can repeat. Each edit saves a new version; versions never change.
      </PageHead>
      {policies.isPending ? <RowsSkeleton rows={9} /> : null}
      {rows.length > 0 ? (
        <ul className={styles['list']} aria-label="Policies">
          {rows.map((row) => (
            <PolicyLine key={row.familyId} row={row} />
          ))}
        </ul>
      ) : null}
      <PageSection title="Templates" note="Each one can be saved as is.">
        <ul className={styles['templates']}>
          {POLICY_TEMPLATES.map((template) => (
            <li key={template.id}>
              <h3>
                <Link to="/admin/policies/new" search={{ from: template.id }}>
                  {template.name}
                </Link>
              </h3>
              <p>{template.description}</p>
            </li>
          ))}
        </ul>
      </PageSection>
    </>
  );
}

function PolicyLine({ row }: { readonly row: PolicyRowView }) {
  const params = { familyId: row.familyId };
  return (
    <li>
      <div className={styles['what']}>
        <h2>
          <Link to="/admin/policies/$familyId" params={params}>
            {row.name}
          </Link>
        </h2>
        <p className="small muted">
          <Link to="/admin/policies/$familyId" params={params} search={{ view: 'versions' }}>
            Version {row.version}
          </Link>{' '}
          · {row.playlists === 0 ? 'no playlists yet' : plural(row.playlists, 'playlist')}
        </p>
      </div>
      <ul className={styles['rules']}>
        {row.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <PoolSize row={row} />
      <Link to="/admin/policies/$familyId" params={params} className={buttonClass('quiet', 'small')} aria-label={`Open ${row.name}`}>
        Open
      </Link>
    </li>
  );
}

const titleText = (policies: number) =>
  policies === 0 ? 'No policies yet' : `${capitalize(numberInWords(policies))} ${policies === 1 ? 'policy' : 'policies'}`;
