import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { HomeView } from '#shared/contracts/discovery/home.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { PlaylistPicture } from '#web/ui/sleeve/playlist-picture.tsx';
import styles from './todays-picks.module.css';

/** Playlists of the network for today, each with why it was picked. */
export function TodaysPicks({ picks }: { readonly picks: HomeView['picks']['playlists'] }) {
  const network = useQuery(trpc.playlists.overview.queryOptions());
  const cards = new Map(network.data?.playlists.map((card) => [card.index, card]));
  if (picks.length === 0) return <p className="muted">The network has no playlists yet.</p>;
  return (
    <ul className={styles['picks']} aria-label="Today’s picks">
      {picks.map(({ index, themeTag, says, tracks, url }) => {
        const card = cards.get(index);
        return (
          <li key={index}>
            <span className={styles['picture']}>{card ? <PlaylistPicture subject={card} sizes="136px" /> : null}</span>
            <div>
              <h3>
                <Link to="/playlist/$index" params={{ index: String(index) }}>
                  {themeTag}
                </Link>
              </h3>
              <p>{says}</p>
              <p className="muted">{plural(tracks, 'track')}</p>
              {url ? (
                <a href={url} target="_blank" rel="noreferrer">
                  Open in Spotify
                </a>
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
