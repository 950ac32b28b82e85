import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PolicyDiffView, PolicyFamilyView, PolicyVersionView } from '#shared/contracts/policies/policy-views.ts';
import { dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { Receipt } from '#web/ui/feedback/receipt.tsx';
import { ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';
import { Differences } from '../preview/differences.tsx';
import { storeDraft } from '../editor/draft-store.ts';
import { FollowButton, followersElsewhere } from './follow-button.tsx';
import styles from './versions.module.css';

interface VersionsProps {
  readonly family: PolicyFamilyView;
  /** The version that was just saved: its receipt is shown. */
  readonly saved: number | undefined;
}

/** All versions of a policy, and the differences between any two. */
export function Versions({ family, saved }: VersionsProps) {
  const { versions } = family;
  const newest = versions[0];
  const [to, setTo] = useState(newest?.id ?? '');
  const [from, setFrom] = useState((versions[1] ?? newest)?.id ?? '');
  const receipt = versions.find(({ version }) => version === saved);
  return (
    <>
      {receipt ? <SavedReceipt version={receipt} family={family} /> : null}
      <div className={styles['cols']}>
        <PageSection title="Versions" note="Newest first">
          <ol className={styles['list']}>
            {versions.map((version) => (
              <VersionLine key={version.id} version={version} family={family} choice={{ from, to, setFrom, setTo }} />
            ))}
          </ol>
        </PageSection>
        <PageSection title="Changes">
          {versions.length < 2 || from === to ? (
            <p className={styles['none']}>{versions.length < 2 ? 'There is only one version to compare.' : 'Choose two different versions.'}</p>
          ) : (
            <VersionDiff from={from} to={to} />
          )}
        </PageSection>
      </div>
    </>
  );
}

interface Choice {
  readonly from: string;
  readonly to: string;
  readonly setFrom: (id: string) => void;
  readonly setTo: (id: string) => void;
}

function VersionLine({
  version,
  family,
  choice,
}: {
  readonly version: PolicyVersionView;
  readonly family: PolicyFamilyView;
  readonly choice: Choice;
}) {
  const navigate = useNavigate();
  const editAsDraft = () => {
    storeDraft(family.familyId, { name: version.name, policy: version.body, text: null });
    void navigate({ to: '/admin/policies/$familyId', params: { familyId: family.familyId }, search: {} });
  };
  return (
    <li>
      <div className={styles['version']}>
        <h3>Version {version.version}</h3>
        <p className="small muted">
          {dayName(version.createdAt)}, by {authorOf(version)} · {version.playlists === 0 ? 'no playlists' : plural(version.playlists, 'playlist')}
        </p>
      </div>
      <div className={styles['choose']}>
        <label>
          <input type="radio" name="from" checked={choice.from === version.id} onChange={() => choice.setFrom(version.id)} /> From
        </label>
        <label>
          <input type="radio" name="to" checked={choice.to === version.id} onChange={() => choice.setTo(version.id)} /> To
        </label>
      </div>
      <div className={styles['actions']}>
        <FollowButton family={family} version={version} />
        <Button look="quiet" size="small" aria-label={`Edit a copy of version ${version.version}`} onClick={editAsDraft}>
          Edit a copy
        </Button>
      </div>
    </li>
  );
}

function VersionDiff({ from, to }: { readonly from: string; readonly to: string }) {
  const diff = useQuery(trpc.playlistAdmin.policies.diff.queryOptions({ from, to }));
  if (diff.error) return <ErrorState error={diff.error} what="Can’t compare these versions." onRetry={() => void diff.refetch()} />;
  if (!diff.data) return <Skeleton height="240px" />;
  return (
    <>
      <PoolLine pool={diff.data.pool} />
      <Differences differences={diff.data.differences} />
      <p className={styles['simulate']}>
        <Link to="/admin/policies/simulation" search={{ a: from, b: to }} className={buttonClass('default', 'small')}>
          Simulate both
        </Link>
      </p>
    </>
  );
}

function PoolLine({ pool }: Pick<PolicyDiffView, 'pool'>) {
  if (pool.entering === 0 && pool.leaving === 0) return <p className={styles['pool']}>Same pool: {plural(pool.after, 'recording')}.</p>;
  return (
    <p className={styles['pool']}>
      Pool: {plural(pool.after, 'recording')}, before {count(pool.before)}:{' '}
      {pool.entering > 0 ? (
        <>
          <b className="ok">+{count(pool.entering)}</b> added
        </>
      ) : null}
      {pool.entering > 0 && pool.leaving > 0 ? ', ' : null}
      {pool.leaving > 0 ? (
        <>
          <b className="bad">−{count(pool.leaving)}</b> removed
        </>
      ) : null}
      .
    </p>
  );
}

/** The display name of a version's author. */
const authorOf = ({ createdBy }: PolicyVersionView) => (createdBy === 'admin_key' ? 'the admin key' : createdBy === 'system' ? 'Segue' : createdBy);

function SavedReceipt({ version, family }: { readonly version: PolicyVersionView; readonly family: PolicyFamilyView }) {
  const isFirst = family.versions.length === 1;
  const others = followersElsewhere(family, version);
  const state =
    others > 0
      ? `${plural(others, 'playlist')} still follow${others === 1 ? 's' : ''} another version.`
      : version.playlists > 0
        ? `${plural(version.playlists, 'playlist')} follow${version.playlists === 1 ? 's' : ''} it, starting with the next list.`
        : 'No playlist follows it yet.';
  return (
    <div className={styles['receipt']}>
      <Receipt
        title={isFirst ? `“${version.name}” is saved.` : `Version ${version.version} is saved.`}
        foot={
          <>
            <span>
              Saved {dayName(version.createdAt)} by {authorOf(version)}. Saved versions are never deleted.
            </span>
            {others > 0 ? (
              <FollowButton family={family} version={version} isPrimary />
            ) : (
              <Link to="/admin/playlists" className={buttonClass('default', 'small')}>
                {isFirst ? 'Create a playlist' : 'Open playlists'}
              </Link>
            )}
          </>
        }
      >
        <p className="small muted">{state}</p>
      </Receipt>
    </div>
  );
}
