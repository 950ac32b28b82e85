import { useMutation, useQuery } from '@tanstack/react-query';
import type { DisconnectPreviewView, DisconnectReceiptView, RemovalLine } from '#shared/contracts/accounts/accounts.ts';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, joinNames, padIndex, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import styles from './disconnect-dialog.module.css';

const PLAYLISTS_SHOWN = 8;

interface DisconnectDialogProps {
  readonly account: { readonly id: string; readonly displayName: string };
  /** Called with whether the account was disconnected. */
  readonly onClose: (isDisconnected: boolean) => void;
}

/** Previews what disconnecting deletes, disconnects by the preview's hash, then shows the receipt. */
export function DisconnectDialog({ account, onClose }: DisconnectDialogProps) {
  const preview = useQuery(trpc.playlistAdmin.accounts.previewDisconnect.queryOptions({ accountId: account.id }, { staleTime: 0, gcTime: 0 }));
  const disconnect = useMutation(trpc.playlistAdmin.accounts.disconnect.mutationOptions({ onError: () => void preview.refetch() }));
  if (disconnect.data) {
    return (
      <Dialog
        title={`${disconnect.data.displayName} is disconnected.`}
        onClose={() => onClose(true)}
        actions={<Button onClick={() => onClose(true)}>Done</Button>}
      >
        <DisconnectReceipt receipt={disconnect.data} />
      </Dialog>
    );
  }
  const actions = (
    <>
      <Button look="quiet" onClick={() => onClose(false)}>
        Cancel
      </Button>
      <Button
        look="critical"
        disabled={!preview.data}
        working={disconnect.isPending ? 'Disconnecting…' : false}
        onClick={() => (preview.data ? disconnect.mutate({ accountId: account.id, hash: preview.data.hash }) : undefined)}
      >
        Disconnect {account.displayName}
      </Button>
    </>
  );
  return (
    <Dialog title={`Disconnect ${account.displayName}?`} onClose={() => onClose(false)} actions={actions}>
      {preview.data ? <Preview preview={preview.data} /> : preview.error ? null : <Skeleton height="240px" />}
      {preview.error ? <InlineError error={preview.error} /> : null}
      {disconnect.error ? <InlineError error={disconnect.error} /> : null}
    </Dialog>
  );
}

function Preview({ preview }: { readonly preview: DisconnectPreviewView }) {
  return (
    <div className={styles['body']}>
      <Lines title="Permanently deleted" lines={preview.removes} />
      <section>
        <h3>
          {preview.playlists.length === 0 ? 'No playlists are affected' : `${plural(preview.playlists.length, 'playlist')} no longer hosted here`}
        </h3>
        {preview.playlists.length > 0 ? (
          <ul>
            {preview.playlists.slice(0, PLAYLISTS_SHOWN).map(({ index, themeTag, otherAccounts: elsewhere }) => (
              <li key={index}>
                <span>
                  {padIndex(index)} {themeTag}
                </span>
                <span className="muted">
                  {elsewhere.length > 0 ? `Also hosted on ${joinNames(elsewhere)}` : 'Not hosted until the next scaling plan'}
                </span>
              </li>
            ))}
            {preview.playlists.length > PLAYLISTS_SHOWN ? (
              <li className="muted">and {count(preview.playlists.length - PLAYLISTS_SHOWN)} more</li>
            ) : null}
          </ul>
        ) : null}
      </section>
      <NotDeleted lines={preview.keeps} />
    </div>
  );
}

function DisconnectReceipt({ receipt }: { readonly receipt: DisconnectReceiptView }) {
  return (
    <div className={styles['body']}>
      <p className="small muted">
        {dayName(receipt.at)}, {clockTime(receipt.at)} UTC. {plural(receipt.playlistsRetired, 'playlist')} no longer hosted here.
      </p>
      <Lines title="Deleted" lines={receipt.removed} />
      <NotDeleted lines={receipt.kept} />
    </div>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly RemovalLine[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line.what}>
            <span>{line.what}</span>
            <b>{count(line.count)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NotDeleted({ lines }: { readonly lines: readonly string[] }) {
  return (
    <section>
      <h3>Not deleted</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
