import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';
import { moveInGrid } from '#web/lib/keyboard.ts';
import { joinNames } from '#web/lib/words.ts';
import { freshnessLine } from './network-summary.ts';
import { PlaylistPicture } from '#web/ui/sleeve/playlist-picture.tsx';
import { useIncrementalCount } from './use-incremental-count.ts';
import styles from './playlist-grid.module.css';

/** Covers shown large: the first, and in grids of more than 20 also the 14th, on the other side. */
const isLead = (at: number, length: number) => at === 0 || (at === 13 && length > 20);

/** Widths of the grid's columns, for the choice of the file. */
const SIZES = '(max-width: 760px) 45vw, (max-width: 1080px) 22vw, 205px';
const LEAD_SIZES = '(max-width: 760px) 92vw, (max-width: 1080px) 46vw, 430px';

/** In longer grids, covers outside the viewport are not painted. */
const LONG_GRID = 60;

/** The network as a grid of covers, each with its proof. A long grid is rendered in steps from the top, so that the first covers appear at once. */
export function PlaylistGrid({ cards }: { readonly cards: readonly PlaylistCard[] }) {
  const rendered = useIncrementalCount(cards.length);
  return (
    <ul
      className={styles['grid']}
      data-long={cards.length > LONG_GRID || undefined}
      aria-label="Playlists"
      onKeyDown={(event) => moveInGrid(event, 'a')}
    >
      {cards.map((card, at) => (
        <li key={card.index} className={isLead(at, cards.length) ? styles['lead'] : styles['sleeve']}>
          {at < rendered ? <Sleeve card={card} isLead={isLead(at, cards.length)} /> : null}
        </li>
      ))}
    </ul>
  );
}

const Sleeve = memo(function Sleeve({ card, isLead: isLarge }: { readonly card: PlaylistCard; readonly isLead: boolean }) {
  return (
    <Link to="/playlist/$index" params={{ index: String(card.index) }}>
      <PlaylistPicture subject={card} sizes={isLarge ? LEAD_SIZES : SIZES} isEager={isLarge} />
      <h2>{card.themeTag}</h2>
      {isLarge ? <p className={styles['blurb']}>{card.blurb ?? `With ${joinNames(card.artists)}.`}</p> : null}
      <Proof card={card} />
    </Link>
  );
});

function Proof({ card }: { readonly card: PlaylistCard }) {
  const { text, proof } = freshnessLine(card);
  return (
    <p className={styles['proof']}>
      {text}
      {proof ? (
        <>
          {' · '}
          <b className={card.repeats === 0 ? 'ok' : 'bad'}>{proof}</b>
        </>
      ) : null}
    </p>
  );
}

/** Placeholder of the grid at its final size. */
export function PlaylistGridSkeleton() {
  return (
    <div className={styles['grid']} aria-hidden>
      {Array.from({ length: 13 }, (_, at) => (
        <div key={at} className={isLead(at, 13) ? styles['lead'] : styles['sleeve']}>
          <span className={styles['placeholder']} />
          <span className={styles['placeholderTitle']} />
        </div>
      ))}
    </div>
  );
}
