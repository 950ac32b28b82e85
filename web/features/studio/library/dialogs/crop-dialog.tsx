import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AssetView } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId } from '#shared/ids.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './crop-dialog.module.css';

type Part = Readonly<Record<'left' | 'top' | 'width' | 'height', number>>;

/** The height of the picture, so that the buttons stay in view. */
const PICTURE_MAX = '38vh';

const SIDES = [
  ['left', 'From the left'],
  ['top', 'From the top'],
  ['width', 'Width'],
  ['height', 'Height'],
] as const;

/** Cuts a part out of a picture and makes it smaller, by numbers in pixels beside the picture that shows the part. The picture itself stays. */
export function CropDialog({
  asset,
  onClose,
  onMade,
}: {
  readonly asset: AssetView;
  readonly onClose: () => void;
  readonly onMade: (id: AssetId) => void;
}) {
  const [wide, high] = [asset.width ?? 1, asset.height ?? 1];
  const [part, setPart] = useState<Part>({ left: 0, top: 0, width: wide, height: high });
  const [width, setWidth] = useState('');
  const edit = useMutation({
    mutationFn: () => client.generation.assets.edit.mutate({ id: asset.id, crop: part, ...(width === '' ? {} : { width: Number(width) }) }),
    onSuccess: ({ id }) => {
      showToast('Saved as a new picture.');
      onMade(id);
      onClose();
    },
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.assets.pathFilter()),
  });
  const isInside = SIDES.every(([side]) => outside(part, { side, wide, high }) === null);
  const shape = (ratio: number | null) => {
    if (ratio === null) return setPart({ left: 0, top: 0, width: wide, height: high });
    const cut = wide / high > ratio ? { width: Math.round(high * ratio), height: high } : { width: wide, height: Math.round(wide / ratio) };
    return setPart({ ...cut, left: Math.floor((wide - cut.width) / 2), top: Math.floor((high - cut.height) / 2) });
  };
  return (
    <Dialog
      title="Crop or resize"
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={!isInside} working={edit.isPending ? 'Saving…' : false} onClick={() => edit.mutate()}>
            Save as a new picture
          </Button>
        </>
      }
    >
      <div className={styles['picture']} style={{ maxWidth: `calc(${PICTURE_MAX} * ${wide / high})` }}>
        <HashedImage src={asset.previews[640]} thumbhash={asset.thumbhash} alt="" ratio={wide / high} isLazy={false} />
        <span
          className={styles['part']}
          style={{ left: share(part.left, wide), top: share(part.top, high), width: share(part.width, wide), height: share(part.height, high) }}
        />
      </div>
      <div className={styles['shapes']} role="group" aria-label="Shape">
        <Button size="small" onClick={() => shape(null)}>
          Whole
        </Button>
        {[
          ['Square', 1],
          ['4:3', 4 / 3],
          ['16:9', 16 / 9],
          ['3:4', 3 / 4],
          ['9:16', 9 / 16],
        ].map(([label, ratio]) => (
          <Button key={label} size="small" onClick={() => shape(Number(ratio))}>
            {label}
          </Button>
        ))}
      </div>
      <div className={styles['numbers']}>
        {SIDES.map(([side, label]) => (
          <TextField
            key={side}
            label={label}
            type="number"
            min={side === 'width' || side === 'height' ? 1 : 0}
            max={side === 'left' || side === 'width' ? wide : high}
            value={part[side]}
            error={outside(part, { side, wide, high })}
            onChange={(event) => setPart({ ...part, [side]: Math.max(0, Math.round(Number(event.target.value))) })}
          />
        ))}
        <TextField
          label="Make it at most this wide"
          hint="Leave empty to keep its size"
          type="number"
          min={16}
          value={width}
          onChange={(event) => setWidth(event.target.value)}
        />
      </div>
      {edit.error ? <InlineError error={edit.error} /> : null}
    </Dialog>
  );
}

/** Why a side does not fit; null when it does. */
function outside(part: Part, { side, wide, high }: { readonly side: keyof Part; readonly wide: number; readonly high: number }): string | null {
  if (side === 'left' || side === 'top') return null;
  const [start, whole] = side === 'width' ? [part.left, wide] : [part.top, high];
  if (part[side] < 1) return 'At least 1.';
  return start + part[side] > whole ? `At most ${Math.max(0, whole - start)}: the picture ends there.` : null;
}

const share = (value: number, whole: number) => `${(100 * value) / whole}%`;
