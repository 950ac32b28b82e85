import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PolicyDiffView, PolicyFamilyView, PolicyVersionView } from '#shared/contracts/policies/policy-views.ts';
import { dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { Part } from '#web/ui/layout/page-head.tsx';
import { Receipt } from '#web/ui/feedback/receipt.tsx';
import { ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';
import { Differences } from '../preview/differences.tsx';
import { keepDraft } from '../editor/draft-store.ts';
import { FollowButton, followersElsewhere } from './follow-button.tsx';
import styles from './versions.module.css';

interface VersionsProps {
  readonly family: PolicyFamilyView;
  /** The version that was saved a moment ago: its receipt is shown. */
  readonly saved: number | undefined;
}

/** Every version of a policy, and what changed between any two. */
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
        <Part title="Versions" note="Newest first">
          <ol className={styles['list']}>
            {versions.map((version) => (
              <VersionLine key={version.id} version={version} family={family} choice={{ from, to, setFrom, setTo }} />
            ))}
          </ol>
        </Part>
        <Part title="What changed">
          {versions.length < 2 || from === to ? (
            <p className={styles['none']}>
              {versions.length < 2 ? 'This is the first version; there is nothing to compare it with.' : 'Choose two versions.'}
            </p>
          ) : (
            <VersionDiff from={from} to={to} />
          )}
        </Part>
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
  const begin = () => {
    keepDraft(family.familyId, { name: version.name, policy: version.body, text: null });
    void navigate({ to: '/admin/policies/$familyId', params: { familyId: family.familyId }, search: {} });
  };
  return (
    <li>
      <div className={styles['version']}>
        <h3>Version {version.version}</h3>
        <p className="small muted">
          {dayName(version.createdAt)}, by {writerOf(version)} · {version.playlists === 0 ? 'no playlist' : plural(version.playlists, 'playlist')}
        </p>
      </div>
      <div className={styles['choose']}>
        <label>
          <input type="radio" name="from" checked={choice.from === version.id} onChange={() => choice.setFrom(version.id)} /> from
        </label>
        <label>
          <input type="radio" name="to" checked={choice.to === version.id} onChange={() => choice.setTo(version.id)} /> to
        </label>
      </div>
      <div className={styles['acts']}>
        <FollowButton family={family} version={version} />
        <Button look="quiet" size="small" aria-label={`Start from this version ${version.version}`} onClick={begin}>
          Start from this
        </Button>
      </div>
    </li>
  );
}

function VersionDiff({ from, to }: { readonly from: string; readonly to: string }) {
  const diff = useQuery(trpc.policies.diff.queryOptions({ from, to }));
  if (diff.error) return <ErrorState error={diff.error} what="The versions cannot be compared." onRetry={() => void diff.refetch()} />;
  if (!diff.data) return <Skeleton height="240px" />;
  return (
    <>
      <PoolLine pool={diff.data.pool} />
      <Differences differences={diff.data.differences} />
      <p className={styles['simulate']}>
        <Link to="/admin/policies/simulation" search={{ a: from, b: to }} className={buttonClass('default', 'small')}>
          Simulate both, side by side
        </Link>
      </p>
    </>
  );
}

function PoolLine({ pool }: Pick<PolicyDiffView, 'pool'>) {
  if (pool.entering === 0 && pool.leaving === 0) return <p className={styles['pool']}>The same {plural(pool.after, 'recording')} may play.</p>;
  return (
    <p className={styles['pool']}>
      {plural(pool.after, 'recording')} may play, where it was {count(pool.before)}:{' '}
      {pool.entering > 0 ? (
        <>
          <b className="ok">+{count(pool.entering)}</b> come in
        </>
      ) : null}
      {pool.entering > 0 && pool.leaving > 0 ? ', ' : null}
      {pool.leaving > 0 ? (
        <>
          <b className="bad">−{count(pool.leaving)}</b> go out
        </>
      ) : null}
      .
    </p>
  );
}

/** Who wrote a version, as one would say it. */
const writerOf = ({ createdBy }: PolicyVersionView) =>
  createdBy === 'admin_key' ? 'the admin key' : createdBy === 'system' ? 'the house' : createdBy;

function SavedReceipt({ version, family }: { readonly version: PolicyVersionView; readonly family: PolicyFamilyView }) {
  const isFirst = family.versions.length === 1;
  const others = followersElsewhere(family, version);
  const state =
    others > 0
      ? `${plural(others, 'playlist')} still follow${others === 1 ? 's' : ''} an earlier version.`
      : version.playlists > 0
        ? `${plural(version.playlists, 'playlist')} follow${version.playlists === 1 ? 's' : ''} it from the next list on.`
        : 'No playlist follows it yet.';
  return (
    <div className={styles['receipt']}>
      <Receipt
        title={isFirst ? `“${version.name}” is saved.` : `Version ${version.version} is saved.`}
        foot={
          <>
            <span>
              {dayName(version.createdAt)}, by {writerOf(version)}. It can be read here for good.
            </span>
            {others > 0 ? (
              <FollowButton family={family} version={version} isPrimary />
            ) : (
              <Link to="/admin/playlists" className={buttonClass('default', 'small')}>
                {isFirst ? 'Make a playlist with it' : 'To the playlists'}
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
