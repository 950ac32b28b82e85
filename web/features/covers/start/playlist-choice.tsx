import type { PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';
import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import { seriesFor } from '#shared/domain/covers/art/series.ts';
import { moveInGrid } from '#web/lib/keyboard.ts';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { ArtCanvas } from '../art/art-canvas.tsx';
import styles from './tiles.module.css';

interface PlaylistChoiceProps {
  readonly cards: readonly PlaylistCard[];
  /** The playlist that is being opened. */
  readonly pendingIndex: number | null;
  readonly onChoose: (index: number) => void;
}

/** The playlists of the network, each with its cover, or a picture drawn from its sound. Pressing one makes a cover for it. */
export function PlaylistChoice({ cards, pendingIndex, onChoose }: PlaylistChoiceProps) {
  const members = cards.map((card) => ({ index: card.index, title: card.themeTag, music: factsOfCard(card), cover: card.cover }));
  const places = new Map(seriesFor(members).map((place) => [place.index, place]));
  return (
    <ul className={styles['tiles']} aria-label="Playlists of the network" onKeyDown={(event) => moveInGrid(event, 'button')}>
      {members.map(({ index, title, music, cover }) => {
        const place = places.get(index);
        return (
          <li key={index}>
            <button type="button" onClick={() => onChoose(index)} aria-busy={pendingIndex === index || undefined}>
              {cover ? <HashedImage src={cover.urls[300]} thumbhash={cover.thumbhash} alt="" /> : null}
              {!cover && place ? <ArtCanvas input={{ ...place, music, secondMood: null, size: 640, title }} /> : null}
              <b>{title}</b>
              {pendingIndex === index ? <span className={styles['detail']}>Reading the music…</span> : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** What the card of a playlist tells of its music. */
function factsOfCard({ sound }: PlaylistCard): MusicFacts {
  return {
    valence: sound.valence,
    energy: sound.energy,
    danceability: null,
    acousticness: sound.acousticness,
    instrumentalness: null,
    tempo: sound.tempo,
    decade: sound.year === null ? null : sound.year - (sound.year % 10),
    genres: [],
    tracks: [],
  };
}
