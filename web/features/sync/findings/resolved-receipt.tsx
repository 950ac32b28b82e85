import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Receipt } from '#web/ui/feedback/receipt.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import type { ResolvedFindings } from './resolve-findings.ts';
import { ResolvedFindingList } from './resolved-finding-list.tsx';

/** The result of resolving findings together, and how to recover removed playlists. Shown until dismissed. */
export function ResolvedReceipt({
  settled: { action: how, results: ones },
  onClose,
}: {
  readonly settled: ResolvedFindings;
  readonly onClose: () => void;
}) {
  const failed = ones.filter(({ reason: why }) => why !== null);
  const done = ones.length - failed.length;
  return (
    <Receipt
      name="Resolved differences"
      title={how === 'removed' ? `${plural(done, 'playlist')} removed` : `${plural(done, 'playlist')} planned again`}
      note={failed.length > 0 ? <StatusText tone="soon">{`${count(failed.length)} failed`}</StatusText> : null}
      foot={
        <>
          <span>
            {how === 'removed'
              ? 'Spotify keeps removed playlists for 90 days. The account’s owner can restore them under “Recover playlists” in the Spotify account settings.'
              : 'They are created when you apply the plans below.'}
          </span>
          <Button onClick={onClose}>Dismiss</Button>
        </>
      }
    >
      <p className="sr" role="status">
        {how === 'removed' ? `${plural(done, 'playlist')} removed.` : `${plural(done, 'playlist')} planned again.`}{' '}
        {failed.length > 0 ? `${count(failed.length)} failed.` : ''}
      </p>
      <ResolvedFindingList ones={[...failed, ...ones.filter(({ reason: why }) => why === null)]} />
    </Receipt>
  );
}
