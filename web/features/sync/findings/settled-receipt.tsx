import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Receipt } from '#web/ui/feedback/receipt.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import type { Settled } from './settle-kind.ts';
import { SettledNames } from './settled-names.tsx';

/** What became of each finding that one button settled, and how what was taken off comes back; it stays until it is put away. */
export function SettledReceipt({ settled: { how, ones }, onClose }: { readonly settled: Settled; readonly onClose: () => void }) {
  const stopped = ones.filter(({ why }) => why !== null);
  const done = ones.length - stopped.length;
  return (
    <Receipt
      name="What was settled"
      title={how === 'taken_off' ? `${plural(done, 'playlist')} taken off` : `${plural(done, 'playlist')} planned anew`}
      note={stopped.length > 0 ? <StateText tone="soon">{`${count(stopped.length)} stopped`}</StateText> : null}
      foot={
        <>
          <span>
            {how === 'taken_off'
              ? 'Spotify keeps each for 90 days: its owner finds it under “Recover playlists” in the account settings.'
              : 'They are created when you apply the plans below.'}
          </span>
          <Button onClick={onClose}>Put away</Button>
        </>
      }
    >
      <p className="sr" role="status">
        {how === 'taken_off' ? `${plural(done, 'playlist')} taken off.` : `${plural(done, 'playlist')} planned anew.`}{' '}
        {stopped.length > 0 ? `${count(stopped.length)} stopped.` : ''}
      </p>
      <SettledNames ones={[...stopped, ...ones.filter(({ why }) => why === null)]} />
    </Receipt>
  );
}
