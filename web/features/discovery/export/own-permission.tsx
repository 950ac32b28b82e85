import { useMutation, useQuery } from '@tanstack/react-query';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { dayName } from '#web/lib/dates.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './export.module.css';

/** Whose playlists Segue may write, and the way to end that. Nothing is shown while there is no permission: the preview of an export asks for it. */
export function OwnPermission() {
  const permission = useQuery(trpc.discovery.saved.export.permission.queryOptions());
  const withdraw = useMutation({
    mutationFn: () => client.discovery.saved.export.withdrawPermission.mutate(),
    onSuccess: (left) => {
      queryClient.setQueryData(trpc.discovery.saved.export.permission.queryKey(), left);
      showToast('The permission is withdrawn. Your playlists stay on Spotify; the next export asks again.');
    },
  });
  const { data } = permission;
  if (!data || data.kind === 'none') return withdraw.error ? <InlineError error={withdraw.error} /> : null;
  return (
    <div className={styles['permission']}>
      <p>
        {data.kind === 'given'
          ? `Segue may write playlists to ${data.account} on Spotify, since ${dayName(data.since)}.`
          : `${data.account} hosts playlists of the network. The operator can disconnect it.`}
      </p>
      {data.kind === 'given' ? (
        <Button size="small" look="quiet" working={withdraw.isPending ? 'Withdrawing…' : false} onClick={() => withdraw.mutate()}>
          Withdraw permission
        </Button>
      ) : null}
      {withdraw.error ? <InlineError error={withdraw.error} /> : null}
    </div>
  );
}
