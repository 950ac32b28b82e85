import { useMutation, useQuery } from '@tanstack/react-query';
import type { KeptByHandView } from '#shared/contracts/sync/remote-findings.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { ordinal } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Part } from '#web/ui/layout/page-head.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import styles from '../findings/findings.module.css';

type What = 'name' | 'description' | 'isPublic';

/** What people gave playlists on Spotify and sync leaves alone, until it is released here. */
export function KeptByHand() {
  const kept = useQuery(trpc.sync.kept.queryOptions());
  if (!kept.data || kept.data.length === 0) return null;
  return (
    <Part title="Kept as people made it on Spotify">
      <ul className={styles['list']}>
        {kept.data.flatMap((one) => keptThings(one).map((thing) => <Kept key={`${one.replicaId}${thing.what}`} kept={one} {...thing} />))}
      </ul>
    </Part>
  );
}

function keptThings({ name, description, isPrivate }: KeptByHandView): { readonly what: What; readonly says: string; readonly act: string }[] {
  return [
    ...(name === null ? [] : [{ what: 'name' as const, says: `is called “${name}” there.`, act: 'Use its own name' }]),
    ...(description === null ? [] : [{ what: 'description' as const, says: `says “${description}” there.`, act: 'Use its own description' }]),
    ...(isPrivate ? [{ what: 'isPublic' as const, says: 'was made private.', act: 'Open it again' }] : []),
  ];
}

function Kept({ kept, what, says, act }: { readonly kept: KeptByHandView; readonly what: What; readonly says: string; readonly act: string }) {
  const release = useMutation(
    trpc.sync.releaseHandEdits.mutationOptions({
      onSuccess: () => {
        say('Released. The next plan puts its own back.');
        void queryClient.invalidateQueries(trpc.sync.pathFilter());
      },
    }),
  );
  return (
    <li>
      <div>
        <b>
          {ordinal(kept.playlistIndex)} {kept.themeTag}
        </b>{' '}
        {says}
        <p className="small muted">On {kept.account}.</p>
        {release.error ? <Refusal error={release.error} /> : null}
      </div>
      <Button working={release.isPending ? 'Releasing…' : false} onClick={() => release.mutate({ replicaId: kept.replicaId, what })}>
        {act}
      </Button>
    </li>
  );
}
