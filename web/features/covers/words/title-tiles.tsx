import { useId } from 'react';
import { Check } from '@phosphor-icons/react/Check';
import type { MusicAnalysis } from '#shared/contracts/covers/analysis.ts';
import { hashText } from '#shared/domain/hash.ts';
import { ArtCanvas } from '../art/art-canvas.tsx';
import { artInputFor } from '../art/picture-options.ts';
import type { TitleProposal } from '../project/drafts.ts';
import styles from './title-tiles.module.css';

interface TitleTilesProps {
  readonly analysis: MusicAnalysis;
  readonly proposals: readonly TitleProposal[];
  readonly title: string;
  readonly paletteId: string | null;
  readonly onChoose: (chosen: { readonly title: string; readonly picturePrompt: string }) => void;
}

/** Families that spell the title: the way to see what a title looks like before there is a picture. */
const SPELLED = ['type', 'echo', 'letter'] as const;

/** The proposed titles, each set on a cover, and the person's own as it is typed. */
export function TitleTiles({ analysis, proposals, title, paletteId, onChoose }: TitleTilesProps) {
  const name = useId();
  const own = title.trim() !== '' && !proposals.some((one) => one.title === title) ? [{ title, picturePrompt: null }] : [];
  return (
    <div className={styles['tiles']} role="radiogroup" aria-label="Titles">
      {[...own, ...proposals].map((one, at) => {
        const isChosen = one.title === title;
        const seed = hashText(one.title);
        return (
          <label key={one.picturePrompt === null ? 'own' : one.title} className={styles['tile']} data-chosen={isChosen || undefined}>
            <input
              type="radio"
              className="sr"
              name={name}
              checked={isChosen}
              onChange={() => one.picturePrompt !== null && onChoose({ title: one.title, picturePrompt: one.picturePrompt })}
            />
            <ArtCanvas
              input={{
                ...artInputFor(analysis, one.title),
                family: SPELLED[(own.length > 0 ? at + SPELLED.length - 1 : at) % 2] ?? 'type',
                composition: seed % 5,
                palette: paletteId ?? 'auto',
                seed,
              }}
            />
            <span className={styles['title']} dir="auto">
              {one.title}
            </span>
            {isChosen ? (
              <span className={styles['chosen']}>
                <Check size={14} aria-hidden />
                {one.picturePrompt === null ? 'Your own' : 'Chosen'}
              </span>
            ) : null}
          </label>
        );
      })}
    </div>
  );
}
