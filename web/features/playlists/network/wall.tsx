import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { PlaylistCard } from '#shared/contracts/views.ts';
import { moveOnWall } from '#web/lib/keyboard.ts';
import { listed } from '#web/lib/words.ts';
import { freshnessLine } from './lede.ts';
import { SleevePicture } from '#web/ui/sleeve/sleeve-picture.tsx';
import { useInTurns } from './use-in-turns.ts';
import styles from './wall.module.css';

/** Which sleeves stand large: the first, and one further down on the other side once the wall is long enough to have one. */
const isLead = (at: number, length: number) => at === 0 || (at === 13 && length > 20);

/** Beyond this many, sleeves out of sight are not drawn. */
const LONG = 60;

/** The network as a wall of sleeves, each with its proof. A long wall is filled from the top, so that the first sleeves do not wait for the last. */
export function Wall({ cards }: { readonly cards: readonly PlaylistCard[] }) {
  const drawn = useInTurns(cards.length);
  return (
    <ul className={styles['wall']} data-long={cards.length > LONG || undefined} aria-label="Playlists" onKeyDown={(event) => moveOnWall(event, 'a')}>
      {cards.map((card, at) => (
        <li key={card.index} className={isLead(at, cards.length) ? styles['lead'] : styles['sleeve']}>
          {at < drawn ? <Sleeve card={card} isLead={isLead(at, cards.length)} /> : null}
        </li>
      ))}
    </ul>
  );
}

const Sleeve = memo(function Sleeve({ card, isLead: isLarge }: { readonly card: PlaylistCard; readonly isLead: boolean }) {
  return (
    <Link to="/playlist/$index" params={{ index: String(card.index) }}>
      <SleevePicture subject={card} />
      <h2>{card.themeTag}</h2>
      {isLarge ? <p className={styles['say']}>{card.blurb ?? `With ${listed(card.artists)}.`}</p> : null}
      <Proof card={card} />
    </Link>
  );
});

function Proof({ card }: { readonly card: PlaylistCard }) {
  const { says, proof } = freshnessLine(card);
  return (
    <p className={styles['proof']}>
      {says}
      {proof ? (
        <>
          {' · '}
          <b className={card.repeats === 0 ? 'ok' : 'bad'}>{proof}</b>
        </>
      ) : null}
    </p>
  );
}

/** The wall before its playlists are known, at its final size. */
export function WallSkeleton() {
  return (
    <div className={styles['wall']} aria-hidden>
      {Array.from({ length: 13 }, (_, at) => (
        <div key={at} className={isLead(at, 13) ? styles['lead'] : styles['sleeve']}>
          <span className={styles['blank']} />
          <span className={styles['blankTitle']} />
        </div>
      ))}
    </div>
  );
}
