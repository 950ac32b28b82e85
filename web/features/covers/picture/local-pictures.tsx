import { useId, useState } from 'react';
import { Shuffle } from '@phosphor-icons/react/Shuffle';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import type { LocalArtInput } from '#shared/contracts/covers/local-art.ts';
import { capitalize, numberInWords } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { ArtCanvas } from '../art/art-canvas.tsx';
import { FAMILY_LABELS, paletteName } from '../art/family-labels.ts';
import { OPTIONS_SHOWN, pictureOptions } from '../art/picture-options.ts';
import type { PictureDraft } from '../project/drafts.ts';
import { StepPart } from '../project/step-layout.tsx';
import { useCoverChange } from '../project/use-cover.ts';
import { PictureTile } from './picture-tile.tsx';
import styles from './picture-tiles.module.css';

interface LocalPicturesProps {
  readonly cover: CoverView;
  readonly title: string;
  readonly draft: PictureDraft;
  readonly onDraft: (draft: PictureDraft) => void;
}

/** Pictures that Segue draws from the music, side by side. They are drawn in the browser; the chosen one is drawn and stored by the server. */
export function LocalPictures({ cover, title, draft, onDraft }: LocalPicturesProps) {
  const group = useId();
  const choose = useCoverChange('drawPicture', cover.id);
  // The pressed picture is marked at once, before it is stored.
  const [asked, setAsked] = useState<Wish | null>(null);
  if (!cover.music) return null;
  const options = pictureOptions({ analysis: cover.music.analysis, title, ...draft });
  return (
    <StepPart
      title={`${capitalize(numberInWords(OPTIONS_SHOWN))} ways to see it`}
      note={
        <Button icon={<Shuffle size={16} aria-hidden />} onClick={() => onDraft({ ...draft, page: draft.page + 1 })}>
          {capitalize(numberInWords(OPTIONS_SHOWN))} more
        </Button>
      }
    >
      <div className={styles['tiles']} role="radiogroup" aria-label="Pictures drawn by Segue">
        {options.map((option) => {
          const wish = wishOf(option);
          const isBusy = asked !== null && isSameWish(asked, wish);
          return (
            <PictureTile
              key={`${option.family}-${option.seed}`}
              group={group}
              name={option.family === 'auto' ? 'Picture' : FAMILY_LABELS[option.family].name}
              detail={option.palette === 'auto' ? paletteName(cover.music?.analysis.palette?.id ?? 'for the music') : paletteName(option.palette)}
              isChosen={isBusy || (asked === null && isDrawnFrom(cover, option))}
              isBusy={isBusy}
              onChoose={() => {
                setAsked(wish);
                choose.mutate({ coverId: cover.id, ...wish }, { onSettled: () => setAsked(null) });
              }}
            >
              <ArtCanvas input={option} />
            </PictureTile>
          );
        })}
      </div>
      {choose.error ? <InlineError error={choose.error} /> : null}
    </StepPart>
  );
}

type Wish = Pick<LocalArtInput, 'family' | 'composition' | 'palette' | 'seed' | 'reversed'>;

const wishOf = ({ family, composition, palette, seed, reversed }: LocalArtInput): Wish => ({ family, composition, palette, seed, reversed });

function isSameWish(one: Wish, other: Wish): boolean {
  return one.family === other.family && one.seed === other.seed && one.palette === other.palette && one.composition === other.composition;
}

/** Whether the cover's picture was drawn from this option. The palette "auto" is stored by its name. */
function isDrawnFrom({ picture, music }: CoverView, option: LocalArtInput): boolean {
  const drawn = picture?.drawn;
  if (!drawn) return false;
  const palette = option.palette === 'auto' ? music?.analysis.palette?.id : option.palette;
  return drawn.family === option.family && drawn.composition === option.composition && drawn.seed === option.seed && drawn.palette === palette;
}
