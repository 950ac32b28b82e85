import { useMutation, useQuery } from '@tanstack/react-query';
import type { DisconnectPreviewView, DisconnectReceiptView, RemovalLine } from '#shared/contracts/accounts/accounts.ts';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, listed, ordinal, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { Refusal, Skeleton } from '#web/ui/feedback/states.tsx';
import styles from './disconnect-dialog.module.css';

const SHOWN = 8;

interface DisconnectDialogProps {
  readonly account: { readonly id: string; readonly displayName: string };
  /** Told whether the account is gone. */
  readonly onClose: (isGone: boolean) => void;
}

/** What would be removed, one button that does it, and the receipt of what was. */
export function DisconnectDialog({ account, onClose }: DisconnectDialogProps) {
  const preview = useQuery(trpc.accounts.previewDisconnect.queryOptions({ accountId: account.id }, { staleTime: 0, gcTime: 0 }));
  const act = useMutation(trpc.accounts.disconnect.mutationOptions({ onError: () => void preview.refetch() }));
  if (act.data) {
    return (
      <Dialog
        title={`${act.data.displayName} is disconnected.`}
        onClose={() => onClose(true)}
        actions={<Button onClick={() => onClose(true)}>Done</Button>}
      >
        <ReceiptOf receipt={act.data} />
      </Dialog>
    );
  }
  const actions = (
    <>
      <Button look="quiet" onClick={() => onClose(false)}>
        Keep it
      </Button>
      <Button
        look="critical"
        disabled={!preview.data}
        working={act.isPending ? 'Disconnecting…' : false}
        onClick={() => (preview.data ? act.mutate({ accountId: account.id, hash: preview.data.hash }) : undefined)}
      >
        Disconnect {account.displayName}
      </Button>
    </>
  );
  return (
    <Dialog title={`Disconnecting ${account.displayName} forgets it.`} onClose={() => onClose(false)} actions={actions}>
      {preview.data ? <Preview preview={preview.data} /> : preview.error ? null : <Skeleton height="240px" />}
      {preview.error ? <Refusal error={preview.error} /> : null}
      {act.error ? <Refusal error={act.error} /> : null}
    </Dialog>
  );
}

function Preview({ preview }: { readonly preview: DisconnectPreviewView }) {
  return (
    <div className={styles['body']}>
      <Lines title="Removed, and gone for good" lines={preview.removes} />
      <section>
        <h3>{preview.playlists.length === 0 ? 'It carries no playlist.' : `${plural(preview.playlists.length, 'playlist')} lose this place`}</h3>
        {preview.playlists.length > 0 ? (
          <ul>
            {preview.playlists.slice(0, SHOWN).map(({ index, themeTag, elsewhere }) => (
              <li key={index}>
                <span>
                  {ordinal(index)} {themeTag}
                </span>
                <span className="muted">{elsewhere.length > 0 ? `also on ${listed(elsewhere)}` : 'nowhere else until the next scaling plan'}</span>
              </li>
            ))}
            {preview.playlists.length > SHOWN ? <li className="muted">and {count(preview.playlists.length - SHOWN)} more</li> : null}
          </ul>
        ) : null}
      </section>
      <Kept lines={preview.keeps} />
    </div>
  );
}

function ReceiptOf({ receipt }: { readonly receipt: DisconnectReceiptView }) {
  return (
    <div className={styles['body']}>
      <p className="small muted">
        {dayName(receipt.at)}, {clockTime(receipt.at)} UTC. {plural(receipt.playlistsRetired, 'playlist')} lost this place.
      </p>
      <Lines title="Removed" lines={receipt.removed} />
      <Kept lines={receipt.kept} />
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

function Kept({ lines }: { readonly lines: readonly string[] }) {
  return (
    <section>
      <h3>Kept</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
