import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AssetSource, AssetTile, AssetView } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId } from '#shared/ids.ts';
import { dayName } from '#web/lib/dates.ts';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { price } from '../money.ts';
import { TASK_WORDS } from './library-filter.ts';
import styles from './asset-panel.module.css';

/** What an asset was made from, as steps that lead to it, and what was made of it. A step opens that asset. */
export function AssetLineage({ asset, onOpen }: { readonly asset: AssetView; readonly onOpen: (id: AssetId) => void }) {
  const { madeFrom, usedFor, covers, recipe } = asset;
  if (madeFrom.length === 0 && usedFor.length === 0 && covers.length === 0) return null;
  return (
    <section className={styles['lineage']} aria-label="Lineage">
      {madeFrom.length > 0 ? (
        <>
          <h3>Made from</h3>
          <ol className={styles['chain']}>
            {madeFrom.map((source) => (
              <li key={source.id}>
                <SourceStep source={source} of={madeFrom} onOpen={onOpen} />
              </li>
            ))}
            <li>
              <div className={styles['step']} aria-current="step">
                <StepPicture tile={asset} />
                <StepWords tile={asset} />
                <b>{recipe?.chargeUsdMicros ? price(recipe.chargeUsdMicros) : null}</b>
              </div>
            </li>
          </ol>
        </>
      ) : null}
      {usedFor.length + covers.length > 0 ? (
        <>
          <h3>Used for</h3>
          <ol>
            {usedFor.map((tile) => (
              <li key={tile.id}>
                <Step tile={tile} onOpen={onOpen} />
              </li>
            ))}
            {covers.map(({ id, title }) => (
              <li key={id}>
                <Link to="/covers/$coverId" params={{ coverId: id }} className={styles['step']}>
                  <StepPicture tile={asset} />
                  <span>
                    <b>{title === null ? 'Cover without a title' : `Cover “${title}”`}</b>
                  </span>
                </Link>
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </section>
  );
}

interface SourceProps {
  readonly source: AssetSource;
  /** Everything that the asset was made from. */
  readonly of: readonly AssetSource[];
  readonly onOpen: (id: AssetId) => void;
}

/** A mask opens in its editor, over the picture that was repainted. */
function SourceStep({ source: { asset }, of, onOpen }: SourceProps): ReactNode {
  const picture = of.find((one) => one.asset && one.asset.origin !== 'mask');
  if (asset?.origin === 'mask' && picture) {
    return (
      <Link to="/studio/repaint/$assetId" params={{ assetId: picture.id }} search={{ mask: asset.id }} className={styles['step']}>
        <StepPicture tile={asset} />
        <StepWords tile={asset} />
      </Link>
    );
  }
  if (asset) return <Step tile={asset} onOpen={onOpen} />;
  return (
    <div className={styles['step']}>
      <span className={styles['gap']} />
      <span className="muted">A picture that was deleted</span>
    </div>
  );
}

function Step({ tile, onOpen }: { readonly tile: AssetTile; readonly onOpen: (id: AssetId) => void }) {
  return (
    <button type="button" className={styles['step']} onClick={() => onOpen(tile.id)}>
      <StepPicture tile={tile} />
      <StepWords tile={tile} />
    </button>
  );
}

const StepPicture = ({ tile }: { readonly tile: AssetTile }) => <HashedImage src={tile.previews[64]} thumbhash={tile.thumbhash} alt="" />;

const ORIGIN_WORDS = { render: 'Picture', upload: 'Upload', edit: 'Cropped or resized', cover: 'Picture of a cover', mask: 'Mask' } as const;

function StepWords({ tile }: { readonly tile: AssetTile }) {
  return (
    <span>
      <b>{tile.task ? TASK_WORDS[tile.task] : ORIGIN_WORDS[tile.origin]}</b>
      <span className="muted">
        {[tile.modelLabel, dayName(tile.createdAt)].filter(Boolean).join(' · ')}
        {tile.deletedAt ? ' · deleted' : ''}
      </span>
    </span>
  );
}
