import { Link } from '@tanstack/react-router';
import type { SavedPlaylistCard } from '#shared/contracts/discovery/saved-views.ts';
import { dayName, playingTime } from '#web/lib/dates.ts';
import { plural } from '#web/lib/words.ts';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import styles from './saved-cards.module.css';

interface SavedCardsProps {
  readonly cards: readonly SavedPlaylistCard[];
  readonly label: string;
  /** The level below the heading that precedes them. */
  readonly as?: 'h2' | 'h3';
}

/** Saved playlists or drafts as rows: what it was made from, how long it is, and whether Spotify shows it. A draft opens in the composer. */
export function SavedCards({ cards, label, as: Heading = 'h3' }: SavedCardsProps) {
  return (
    <ul className={styles['cards']} aria-label={label}>
      {cards.map((card) => (
        <li key={card.id}>
          <Heading>
            {card.state === 'draft' ? (
              <Link to="/discover" search={{ draft: card.id }}>
                {card.name}
              </Link>
            ) : (
              <Link to="/discover/saved/$savedId" params={{ savedId: card.id }}>
                {card.name}
              </Link>
            )}
          </Heading>
          <p>{card.criteria.says}</p>
          <p>
            {plural(card.tracks, 'track')}, {playingTime(card.durationMs)} · changed on {dayName(card.changedAt)}
          </p>
          <p className={styles['first']}>{card.first.map(({ title, artists }) => `${title}, ${artists[0] ?? ''}`).join(' · ')}</p>
          {card.state === 'saved' ? <OnSpotify card={card} /> : null}
        </li>
      ))}
    </ul>
  );
}

function OnSpotify({ card: { spotify, version } }: { readonly card: SavedPlaylistCard }) {
  if (!spotify) return <StatusText tone="quiet">Not exported</StatusText>;
  return spotify.version === version ? (
    <StatusText tone="good">On Spotify, up to date</StatusText>
  ) : (
    <StatusText tone="soon">Changes not exported</StatusText>
  );
}
