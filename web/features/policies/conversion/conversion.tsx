import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { PolicyFamilyView } from '#shared/contracts/policies/policy-views.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ErrorState, InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { policyClient } from '../editor/policy-client.ts';
import { Differences } from '../preview/differences.tsx';
import { ConvertedList } from './converted-list.tsx';
import styles from './conversion.module.css';

/**
 * The plan to choose a policy's lists as a whole: what changes in words, the next list before and after, and a button that saves it as the next version.
 * States: planning → planned → saving → saved (leads to the versions page), or refused with what to do.
 */
export function Conversion({ family }: { readonly family: PolicyFamilyView }) {
  const { familyId } = family;
  const newest = family.versions[0];
  const navigate = useNavigate();
  const plan = useQuery({
    queryKey: ['policy-conversion', familyId, newest?.id],
    queryFn: ({ signal }) => policyClient.playlistAdmin.policies.conversion.query({ familyId }, { signal }),
    staleTime: Infinity,
  });
  const convert = useMutation(
    trpc.playlistAdmin.policies.convert.mutationOptions({
      onSuccess: async ({ version }) => {
        await queryClient.invalidateQueries(trpc.playlistAdmin.policies.pathFilter());
        await navigate({ to: '/admin/policies/$familyId', params: { familyId }, search: { view: 'versions', saved: version } });
      },
    }),
  );
  if (plan.error) return <ErrorState error={plan.error} what="Can’t plan the conversion." onRetry={() => void plan.refetch()} />;
  if (!plan.data || !newest) return <Skeleton height="640px" />;
  const { differences, before, after, playlists, hash } = plan.data;
  return (
    <>
      <PageSection title="What changes" note={plural(differences.length, 'change')}>
        <p className={styles['lead']}>
          Now each track is scored alone, so a list has many tracks like one another. Converted, each list is chosen as a whole: it has the mean and
          the spread that you ask for, on every day of the repeat window.
        </p>
        <div className={styles['differences']}>
          <Differences differences={differences} />
        </div>
      </PageSection>
      <PageSection title="Next list, before and after" note={dayName(before.day)}>
        <div className={styles['lists']}>
          <ConvertedList name="Before" list={before} />
          <ConvertedList name="After" list={after} />
        </div>
      </PageSection>
      <div className={styles['bar']}>
        <p>
          <b>Nothing is saved yet.</b>{' '}
          <span className="muted">
            Version {newest.version} stays in the history.{' '}
            {playlists > 0 ? `${plural(playlists, 'playlist')} will follow the new version only after you switch.` : null}
          </span>
        </p>
        <Button look="primary" working={convert.isPending ? 'Checking and saving…' : false} onClick={() => convert.mutate({ familyId, hash })}>
          Save as version {newest.version + 1}
        </Button>
        {convert.error ? <InlineError error={convert.error} /> : null}
      </div>
    </>
  );
}
