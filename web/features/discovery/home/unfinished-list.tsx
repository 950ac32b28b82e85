import { Link } from '@tanstack/react-router';
import { ArrowRight } from '@phosphor-icons/react/ArrowRight';
import type { SavedPlaylistCard } from '#shared/contracts/discovery/saved-views.ts';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { plural } from '#web/lib/words.ts';
import styles from './unfinished-list.module.css';

/** What was left open on any device; nothing while there is nothing. */
export function UnfinishedList({ drafts = [] }: { readonly drafts?: readonly SavedPlaylistCard[] | undefined }) {
  if (drafts.length === 0) return null;
  return (
    <section className={styles['list']} aria-labelledby="unfinished">
      <h2 id="unfinished">Pick up where you left off</h2>
      <ul>
        {drafts.map(({ id, name, tracks, changedAt }) => (
          <li key={id}>
            <Link to="/discover" search={{ draft: id }}>
              <b>{name}</b>
              <span>
                Draft, {plural(tracks, 'track')} · {dayName(changedAt)}, {clockTime(changedAt)} UTC
              </span>
              <ArrowRight size={16} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
