import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { SharingView } from '#shared/contracts/studio/library/sharing.ts';
import type { AssetId, CollectionId } from '#shared/ids.ts';
import type { Sharing } from '#shared/vocabulary.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { ShortLinkList } from './short-link-list.tsx';
import { AddressLine } from './address-line.tsx';
import styles from './dialogs.module.css';

/** What is shared: a file, or a collection with everything in it. */
export type ShareTarget =
  | { readonly kind: 'asset'; readonly id: AssetId }
  | { readonly kind: 'collection'; readonly id: CollectionId; readonly name: string; readonly sharing: Sharing };

const CHOICES: readonly (readonly [Sharing, string, string])[] = [
  ['private', 'Private', 'Only you. Addresses that you gave away stop working for good.'],
  ['link', 'By link', 'Everybody who has the address.'],
  ['public', 'Public', 'Everybody; it is listed on your page.'],
];

/** Who may see something, its address, and short links that can expire. Prompts and settings are never shown. */
export function ShareDialog({ target, onClose }: { readonly target: ShareTarget; readonly onClose: () => void }) {
  const name = useId();
  const current = useQuery({ ...trpc.generation.assets.sharing.view.queryOptions({ id: target.id }), enabled: target.kind === 'asset' });
  const share = useMutation({
    mutationFn: (sharing: Sharing): Promise<SharingView> =>
      target.kind === 'asset'
        ? client.generation.assets.sharing.share.mutate({ ids: [target.id], sharing })
        : client.generation.assets.sharing.shareCollection.mutate({ id: target.id, sharing }),
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.assets.pathFilter()),
  });
  const now = share.data ?? current.data ?? (target.kind === 'collection' ? { sharing: target.sharing, url: null } : undefined);
  // What was chosen shows before the server has answered.
  const chosen = share.isPending ? share.variables : now?.sharing;
  return (
    <Dialog title={target.kind === 'asset' ? 'Share' : `Share “${target.name}”`} onClose={onClose}>
      <div className={styles['form']}>
        <fieldset className={styles['choices']}>
          <legend className="sr">Who may see it</legend>
          {CHOICES.map(([sharing, label, help]) => (
            <label key={sharing}>
              <input type="radio" name={name} checked={chosen === sharing} onChange={() => share.mutate(sharing)} />
              <div>
                {label}
                <br />
                <span>{help}</span>
              </div>
            </label>
          ))}
        </fieldset>
        {target.kind === 'collection' ? <p className="small muted">Everything in the collection is shown, also what is added later.</p> : null}
        <p className="small muted">The prompt and the settings are not shown, and downloads do not carry them.</p>
        {now?.url ? <AddressLine path={now.url} /> : null}
        {now && now.sharing !== 'private' ? (
          <ShortLinkList target={target.kind === 'asset' ? { kind: 'asset', id: target.id } : { kind: 'collection', id: target.id }} />
        ) : null}
        {current.error ? <InlineError error={current.error} /> : null}
        {share.error ? <InlineError error={share.error} /> : null}
      </div>
    </Dialog>
  );
}
