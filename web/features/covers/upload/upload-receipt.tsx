import { useState } from 'react';
import type { UploadState, UploadView } from '#shared/contracts/covers/uploads.ts';
import { clockTime, dayAndTime } from '#web/lib/dates.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { Receipt } from '#web/ui/feedback/receipt.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import type { Tone } from '#web/ui/feedback/status-text.tsx';
import styles from './upload-receipt.module.css';

const STATES: Readonly<Record<Exclude<UploadState, 'planned'>, { readonly text: string; readonly tone: Tone }>> = {
  sending: { text: 'Uploading', tone: 'live' },
  sent: { text: 'Sent, not shown yet', tone: 'soon' },
  shown: { text: 'On Spotify', tone: 'good' },
  failed: { text: 'Failed', tone: 'bad' },
  outdated: { text: 'Outdated', tone: 'soon' },
};

interface ReceiptProps {
  readonly upload: UploadView;
  readonly isRestoring: boolean;
  readonly onRestore: () => void;
}

/** What Spotify was read to show after the upload, and the way back to the earlier cover. */
export function UploadReceiptPanel({ upload, isRestoring, onRestore }: ReceiptProps) {
  const { receipt, playlist } = upload;
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  if (upload.state === 'planned') return null;
  const { text, tone } = STATES[upload.state];
  const rows = [
    ['Playlist', playlist.name],
    ['Account', playlist.account],
    ...(receipt ? [['Sent', dayAndTime(receipt.sentAt, today)]] : []),
    ...(receipt?.shownAt ? [['Read back', dayAndTime(receipt.shownAt, today)]] : []),
    ['File', `${upload.after.bytes.toLocaleString('en')} bytes`],
  ] as const;
  return (
    <Receipt
      title={upload.isRestore ? 'Earlier cover put back' : 'Cover uploaded'}
      name="Receipt of the upload"
      note={<StatusText tone={tone}>{text}</StatusText>}
      foot={
        <>
          <span className="mono">sha256 {upload.after.sha256.slice(0, 16)}…</span>
          <span className={styles['actions']}>
            {upload.canRestore ? (
              <Button size="small" look="quiet" working={isRestoring ? 'Asking Spotify…' : false} onClick={onRestore}>
                Preview putting the earlier cover back
              </Button>
            ) : null}
            <a className={buttonClass('default', 'small')} href={playlist.url} target="_blank" rel="noreferrer">
              Open in Spotify
            </a>
          </span>
        </>
      }
    >
      <p className={styles['says']} role="status">
        {receipt?.says ?? (upload.state === 'sending' ? 'The file is on its way to Spotify.' : '')}
      </p>
      <dl className={styles['rows']}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {upload.state === 'sent' && receipt ? <p className={styles['checked']}>Last checked at {clockTime(receipt.checkedAt)} UTC.</p> : null}
    </Receipt>
  );
}
