import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import { clockTime } from '#web/lib/dates.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { Receipt } from '#web/ui/feedback/receipt.tsx';
import { plural } from '#web/lib/words.ts';
import styles from './export.module.css';

/** What came of an export: what was written and what Spotify was read to show afterward. */
export function ExportReceipt({ view }: { readonly view: SavedExportView }) {
  const { receipt, problem, state, says } = view;
  if (!receipt) {
    return (
      <div className={styles['preview']} role="status">
        {state === 'applying' ? <p>Spotify is being written to. This page may be closed; the receipt is kept.</p> : null}
        {problem ? (
          <p>
            <b>{problem.message}</b> {problem.remedy}
          </p>
        ) : null}
        {problem ? null : says.map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
    );
  }
  return (
    <Receipt
      title={receipt.writes === 0 ? 'Nothing to write' : 'Exported'}
      name="Receipt of the export"
      foot={
        <>
          <span className="mono">{view.hash?.slice(0, 16)}…</span>
          {receipt.url ? (
            <a className={buttonClass('default', 'small')} href={receipt.url} target="_blank" rel="noreferrer">
              Open in Spotify
            </a>
          ) : null}
        </>
      }
    >
      <div className={styles['receipt']} role="status">
        <p>{receipt.says}</p>
        <dl>
          <div>
            <dt>Written</dt>
            <dd>
              {plural(receipt.writes, 'request')} at {clockTime(receipt.appliedAt)} UTC
            </dd>
          </div>
          <div>
            <dt>Read back</dt>
            <dd className="ok">{plural(receipt.tracks, 'track')} match</dd>
          </div>
        </dl>
      </div>
    </Receipt>
  );
}
