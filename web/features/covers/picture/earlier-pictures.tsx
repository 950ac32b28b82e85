import { useId } from 'react';
import type { CoverPicture, CoverView } from '#shared/contracts/covers/projects.ts';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { FAMILY_LABELS, paletteName } from '../art/family-labels.ts';
import { StepPart } from '../project/step-layout.tsx';
import { useCoverChange } from '../project/use-cover.ts';
import { PictureTile } from './picture-tile.tsx';
import styles from './picture-tiles.module.css';

/** The pictures chosen so far, to go back to; nothing while there are fewer than two. */
export function EarlierPictures({ cover }: { readonly cover: CoverView }) {
  const group = useId();
  const choose = useCoverChange('choosePicture', cover.id);
  const pictures = [...(cover.picture ? [cover.picture] : []), ...cover.earlierPictures.filter(({ asset }) => asset !== cover.picture?.asset)];
  if (pictures.length < 2) return null;
  return (
    <StepPart title="Chosen so far">
      <div className={styles['strip']} role="radiogroup" aria-label="Pictures chosen so far">
        {pictures.map((picture) => (
          <PictureTile
            key={picture.asset}
            group={group}
            name={pictureName(picture)}
            isChosen={picture.asset === cover.picture?.asset}
            onChoose={() => choose.mutate({ coverId: cover.id, assetId: picture.asset })}
          >
            <img src={picture.url} alt="" width={640} height={640} loading="lazy" />
          </PictureTile>
        ))}
      </div>
      {choose.error ? <InlineError error={choose.error} /> : null}
    </StepPart>
  );
}

function pictureName({ drawn, origin }: CoverPicture): string {
  if (drawn) return `${FAMILY_LABELS[drawn.family].name}, ${paletteName(drawn.palette)}`;
  return origin === 'upload' ? 'Your file' : 'Rendered';
}
