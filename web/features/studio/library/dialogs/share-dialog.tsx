import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { SharedSeveral, SharingView } from '#shared/contracts/studio/library/sharing.ts';
import type { AssetId, CollectionId } from '#shared/ids.ts';
import type { Sharing } from '#shared/vocabulary.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { AddressLine } from './address-line.tsx';
import { AddressList } from './address-list.tsx';
import { ShortLinkList } from './short-link-list.tsx';
import styles from './dialogs.module.css';

/** What is shared: a file, several files, or a collection with everything in it. `sharing` of several is null when it differs. */
export type ShareTarget =
  | { readonly kind: 'asset'; readonly id: AssetId }
  | { readonly kind: 'assets'; readonly ids: readonly AssetId[]; readonly sharing: Sharing | null }
  | ({ readonly kind: 'collection'; readonly id: CollectionId; readonly name: string } & SharingView);

const CHOICES: readonly (readonly [Sharing, string, string])[] = [
  ['private', 'Private', 'Only you. Addresses that you gave away stop working for good.'],
  ['link', 'By link', 'Everybody who has the address.'],
  ['public', 'Public', 'Everybody; it is listed on your page.'],
];

/** Who may see something, its address, and short links that can expire. Prompts and settings are never shown. */
export function ShareDialog({ target, onClose }: { readonly target: ShareTarget; readonly onClose: () => void }) {
  const name = useId();
  const isOne = target.kind === 'asset';
  const current = useQuery(trpc.generation.assets.sharing.view.queryOptions(isOne ? { id: target.id } : skipToken));
  const share = useMutation({
    mutationFn: (sharing: Sharing) => shareTarget(target, sharing),
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.assets.pathFilter()),
  });
  const now = share.data ?? current.data ?? sharedBefore(target);
  // What was chosen shows at once, before the server has answered.
  const [choice, setChoice] = useState<Sharing>();
  const chosen = choice ?? now?.sharing;
  const choose = (sharing: Sharing) => {
    setChoice(sharing);
    share.mutate(sharing, { onError: () => setChoice(undefined) });
  };
  return (
    <Dialog title={titleOf(target)} onClose={onClose}>
      <div className={styles['form']}>
        <fieldset className={styles['choices']}>
          <legend className="sr">Who may see it</legend>
          {CHOICES.map(([sharing, label, help]) => (
            <label key={sharing}>
              <input type="radio" name={name} checked={chosen === sharing} onChange={() => choose(sharing)} />
              <div>
                {label}
                <br />
                <span>{help}</span>
              </div>
            </label>
          ))}
        </fieldset>
        {target.kind === 'collection' ? <p className="small muted">Everything in the collection is shown, also what is added later.</p> : null}
        {target.kind === 'assets' && target.sharing === null ? <p className="small muted">They are shared in different ways now.</p> : null}
        <p className="small muted">The prompt and the settings are not shown, and downloads do not carry them.</p>
        {now ? <Addresses target={target} shared={now} /> : null}
        {target.kind === 'assets' && now?.sharing && now.sharing !== 'private' && !share.data ? (
          <div>
            <Button size="small" working={share.isPending ? 'Reading…' : false} onClick={() => now.sharing && share.mutate(now.sharing)}>
              Show addresses
            </Button>
          </div>
        ) : null}
        {current.error ? <InlineError error={current.error} /> : null}
        {share.error ? <InlineError error={share.error} /> : null}
      </div>
    </Dialog>
  );
}

/** Undefined while it is not known. */
function sharedBefore(target: ShareTarget): AddressesProps['shared'] | undefined {
  if (target.kind === 'collection') return target;
  return target.kind === 'assets' ? { sharing: target.sharing, url: null, makerUrl: null } : undefined;
}

function shareTarget(target: ShareTarget, sharing: Sharing): Promise<SharingView | SharedSeveral> {
  const { sharing: api } = client.generation.assets;
  if (target.kind === 'collection') return api.shareCollection.mutate({ id: target.id, sharing });
  return api.share.mutate({ ids: target.kind === 'asset' ? [target.id] : [...target.ids], sharing });
}

function titleOf(target: ShareTarget): string {
  if (target.kind === 'collection') return `Share “${target.name}”`;
  return target.kind === 'asset' ? 'Share' : `Share ${plural(target.ids.length, 'file')}`;
}

interface AddressesProps {
  readonly target: ShareTarget;
  readonly shared: Pick<SharingView, 'url' | 'makerUrl'> & { readonly sharing: Sharing | null } & Partial<Pick<SharedSeveral, 'urls'>>;
}

/** Where it can be seen; sharing again what is shared keeps its addresses. Several files have an address each; to give away one, put them into a collection. */
function Addresses({ target, shared: { sharing, url, urls = [], makerUrl } }: AddressesProps) {
  if (sharing === null || sharing === 'private') return null;
  return (
    <>
      {target.kind === 'assets' ? <AddressList paths={urls} /> : null}
      {target.kind !== 'assets' && url ? <AddressLine path={url} /> : null}
      {makerUrl ? (
        <p className="small">
          <AppLink href={makerUrl} className="link">
            Your public page
          </AppLink>
        </p>
      ) : null}
      {target.kind === 'asset' ? <ShortLinkList target={{ kind: 'asset', id: target.id }} /> : null}
      {target.kind === 'collection' ? <ShortLinkList target={{ kind: 'collection', id: target.id }} /> : null}
    </>
  );
}
