import { useMutation, useQuery } from '@tanstack/react-query';
import type { KeptEditsView } from '#shared/contracts/sync/remote-findings.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { padIndex } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from '../findings/sync-differences.module.css';

type Field = 'name' | 'description' | 'isPublic';

/** Names, descriptions and visibility that were edited on Spotify. Sync keeps them until an operator restores Segue's own. */
export function KeptManualEdits() {
  const replicas = useQuery(trpc.playlistAdmin.sync.keptDetails.queryOptions());
  if (!replicas.data || replicas.data.length === 0) return null;
  return (
    <PageSection title="Edits on Spotify that Segue keeps">
      <ul className={styles['list']}>
        {replicas.data.flatMap((one) => editsOf(one).map((edit) => <Edit key={`${one.replicaId}${edit.field}`} replica={one} {...edit} />))}
      </ul>
    </PageSection>
  );
}

function editsOf({ name, description, isPrivate }: KeptEditsView): { readonly field: Field; readonly text: string; readonly restoreLabel: string }[] {
  return [
    ...(name === null ? [] : [{ field: 'name' as const, text: `is named “${name}” on Spotify.`, restoreLabel: 'Restore name' }]),
    ...(description === null
      ? []
      : [{ field: 'description' as const, text: `has the description “${description}” on Spotify.`, restoreLabel: 'Restore description' }]),
    ...(isPrivate ? [{ field: 'isPublic' as const, text: 'is private on Spotify.', restoreLabel: 'Make public again' }] : []),
  ];
}

function Edit({
  replica,
  field,
  text,
  restoreLabel,
}: {
  readonly replica: KeptEditsView;
  readonly field: Field;
  readonly text: string;
  readonly restoreLabel: string;
}) {
  const release = useMutation(
    trpc.playlistAdmin.sync.discardManualEdit.mutationOptions({
      onSuccess: () => {
        showToast('Saved. The next plan restores Segue’s version.');
        void queryClient.invalidateQueries(trpc.playlistAdmin.sync.pathFilter());
      },
    }),
  );
  return (
    <li>
      <div>
        <b>
          {padIndex(replica.playlistIndex)} {replica.themeTag}
        </b>{' '}
        {text}
        <p className="small muted">Hosted on {replica.account}.</p>
        {release.error ? <InlineError error={release.error} /> : null}
      </div>
      <Button working={release.isPending ? 'Saving…' : false} onClick={() => release.mutate({ replicaId: replica.replicaId, what: field })}>
        {restoreLabel}
      </Button>
    </li>
  );
}
