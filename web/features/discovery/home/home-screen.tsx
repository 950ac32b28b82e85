import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from '@phosphor-icons/react/Plus';
import type { HomeView } from '#shared/contracts/discovery/home.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { ErrorState, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import { searchOfState } from '../draft/composer-search.ts';
import { MusicSearchBox } from '../search/music-search-box.tsx';
import { SavedCards } from '../saved/saved-cards.tsx';
import { TodaysPicks } from './todays-picks.tsx';
import { UnfinishedList } from './unfinished-list.tsx';
import styles from './home-screen.module.css';

const EXAMPLES = ['warm soul for driving home in the rain', '90s, upbeat, 45 minutes', 'quiet, no vocals'];

/** The front page of a person: what to put on now, what was left open, and what they saved. */
export function HomeScreen({ name }: { readonly name: string }) {
  const home = useQuery(trpc.discovery.home.queryOptions());
  const navigate = useNavigate();
  const ask = (state: Parameters<typeof searchOfState>[0]) => void navigate({ to: '/discover', search: searchOfState(state) });
  return (
    <div className="wrap">
      <section className={styles['hero']}>
        <div>
          <h1 className="display">{headline(home.data, name)}</h1>
          <div className={styles['ask']}>
            <MusicSearchBox isBig label="Search or describe" onSeed={(seed) => ask({ seeds: [seed] })} onWords={(q) => ask({ q })} />
          </div>
          <p className={styles['examples']}>
            <span>Try</span>
            {EXAMPLES.map((q) => (
              <Link key={q} to="/discover" search={searchOfState({ q })}>
                {q}
              </Link>
            ))}
          </p>
        </div>
        <UnfinishedList drafts={home.data?.drafts} />
      </section>
      {home.error && !home.data ? <ErrorState error={home.error} what="Can’t load your playlists" onRetry={() => void home.refetch()} /> : null}
      {home.data ? <Parts home={home.data} /> : null}
      {home.isPending ? (
        <div aria-busy className={styles['part']}>
          <RowsSkeleton rows={5} />
        </div>
      ) : null}
    </div>
  );
}

function Parts({ home: { picks, saved } }: { readonly home: HomeView }) {
  return (
    <>
      <section className={styles['part']}>
        <header>
          <h2>Today’s picks</h2>
          <p>{picks.rule}</p>
        </header>
        <TodaysPicks picks={picks.playlists} />
      </section>
      <section className={styles['part']}>
        <header>
          <h2>Saved playlists</h2>
          <p>{saved.length === 0 ? 'None yet' : <Link to="/discover/saved">Show all</Link>}</p>
          <Link to="/discover" className={buttonClass()}>
            <span className={styles['new']}>
              <Plus size={16} aria-hidden /> New playlist
            </span>
          </Link>
        </header>
        {saved.length === 0 ? (
          <p className={styles['none']}>Name one song above, or say what it should sound like. What you save is here.</p>
        ) : (
          <SavedCards cards={saved} label="Saved playlists" />
        )}
      </section>
    </>
  );
}

/** One fact about what waits for the person. */
function headline(home: HomeView | undefined, name: string): string {
  if (home === undefined || (home.saved.length === 0 && home.drafts.length === 0)) return `What should it sound like, ${name}?`;
  if (home.drafts.length > 0) return `${plural(home.drafts.length, 'draft')} left open.`;
  const waiting = home.saved.filter(({ spotify, version }) => spotify !== null && spotify.version !== version).length;
  return waiting > 0 ? `${plural(waiting, 'playlist')} changed since the export.` : `${plural(home.picks.playlists.length, 'pick')} for today.`;
}
