import { Link } from '@tanstack/react-router';
import type { PlaylistView } from '#shared/contracts/playlists/playlist-views.ts';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { describeNotices } from './shown-words.ts';
import styles from './shown-notices.module.css';

/** How the page relates to what Spotify shows: rollbacks, edits, lists that did not reach Spotify, and what is not known. */
export function ShownNotices({ view }: { readonly view: PlaylistView }) {
  const notices = describeNotices(view);
  if (notices.length === 0) return null;
  return (
    <ul className={styles['notices']} aria-label="On Spotify">
      {notices.map(({ tone, text, see }) => (
        <li key={text}>
          <StatusText tone={tone}>
            {text}
            {see ? (
              <>
                {' '}
                <Link
                  to="/playlist/$index"
                  params={{ index: String(view.card.index) }}
                  search={{ ...(see.day === undefined ? {} : { day: see.day }), ...(see.list === undefined ? {} : { list: see.list }) }}
                  className="link"
                >
                  {see.label}
                </Link>
              </>
            ) : null}
          </StatusText>
        </li>
      ))}
    </ul>
  );
}
