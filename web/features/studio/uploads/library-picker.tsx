import { useQuery } from '@tanstack/react-query';
import type { AssetId } from '#shared/ids.ts';
import { trpc } from '#web/lib/trpc.ts';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { describeTile } from '../library/wall-rows.ts';
import styles from './uploads.module.css';

const SHOWN = 48;

/** Chooses one of the person's newest pictures. */
export function LibraryPicker({ onChoose, onClose }: { readonly onChoose: (id: AssetId) => void; readonly onClose: () => void }) {
  const newest = useQuery(trpc.generation.assets.list.queryOptions({ kind: 'image', limit: SHOWN }));
  return (
    <Dialog title="Choose a picture" onClose={onClose}>
      {newest.error ? <InlineError error={newest.error} /> : null}
      {newest.data?.items.length === 0 ? <p>Your library has no pictures yet. Upload one instead.</p> : null}
      <ul className={styles['tiles']} aria-label="Your newest pictures" aria-busy={newest.isPending}>
        {newest.data?.items.map((tile) => (
          <li key={tile.id}>
            <button type="button" aria-label={describeTile(tile)} onClick={() => onChoose(tile.id)}>
              <HashedImage src={tile.previews[300]} thumbhash={tile.thumbhash} alt="" />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
