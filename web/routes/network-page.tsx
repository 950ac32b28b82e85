import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowsDownUp } from '@phosphor-icons/react/ArrowsDownUp';
import type { NetworkView } from '#shared/contracts/playlists/playlist-views.ts';
import { HowItWorks } from '#web/features/playlists/network/how-it-works.tsx';
import { summarizeNetwork, introduction } from '#web/features/playlists/network/network-summary.ts';
import { MOOD_RULES, availableMoods } from '#web/features/playlists/network/moods.ts';
import type { Mood } from '#web/features/playlists/network/moods.ts';
import { PlaylistGrid, PlaylistGridSkeleton } from '#web/features/playlists/network/playlist-grid.tsx';
import { dayAndTime } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Chip } from '#web/ui/controls/chip.tsx';
import { EmptyState, ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';
import styles from './network-page.module.css';

const route = getRouteApi('/network');

/** The network at its own address, for people whose front page is another. */
export function NetworkPage() {
  usePageTitle('Network');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <NetworkWall search={search} onSearch={(next) => void navigate({ search: next, resetScroll: false })} />;
}

interface WallSearch {
  readonly mood?: Mood | undefined;
  readonly sort?: 'changed' | undefined;
}

interface NetworkWallProps {
  readonly search: WallSearch;
  readonly onSearch: (next: { mood?: Mood; sort?: 'changed' }) => void;
}

/** A summary of the network with its proof, and all playlists as a grid of covers. */
export function NetworkWall(props: NetworkWallProps) {
  const network = useQuery(trpc.playlists.overview.queryOptions());
  if (network.error && !network.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={network.error} what="Can’t load the network" onRetry={() => void network.refetch()} />
      </div>
    );
  }
  return <div className="wrap">{network.data ? <Network view={network.data} {...props} /> : <NetworkSkeleton />}</div>;
}

function Network({ view, ...props }: NetworkWallProps & { readonly view: NetworkView }) {
  const [freshness, repeats] = summarizeNetwork(view);
  if (view.playlists.length === 0) {
    return (
      <EmptyState isPage title="No playlists yet">
        The operator imports albums and creates the first playlist. From then on, every playlist is updated daily.
      </EmptyState>
    );
  }
  return (
    <>
      <section className={styles['summary']}>
        <div>
          <h1 className="display">
            <span className={styles['sentence']}>{freshness}</span> <span className={styles['sentence']}>{repeats}</span>
          </h1>
          <p>{introduction(view)}</p>
        </div>
        <Facts view={view} />
      </section>
      <FilteredGrid view={view} {...props} />
      <HowItWorks />
    </>
  );
}

function Facts({ view }: { readonly view: NetworkView }) {
  const facts = [
    ['Tracks placed today', count(view.placedToday)],
    ['Repeats found', count(view.repeats)],
    ['Placements checked', count(view.placementsChecked)],
    ['Proved', dayAndTime(view.provedAt, view.today)],
  ] as const;
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function FilteredGrid({ view, search: { mood, sort }, onSearch }: NetworkWallProps & { readonly view: NetworkView }) {
  const show = (next: WallSearch) => onSearch({ ...(next.mood ? { mood: next.mood } : {}), ...(next.sort ? { sort: next.sort } : {}) });
  const moods = availableMoods(view.playlists);
  const filtered = mood ? view.playlists.filter((card) => MOOD_RULES[mood].matches(card) === true) : view.playlists;
  const cards = sort === 'changed' ? filtered.toSorted((one, other) => other.changed - one.changed || one.index - other.index) : filtered;
  return (
    <>
      <div className={styles['moods']} role="group" aria-label="Mood">
        <Chip chosen={mood === undefined} onClick={() => show({ sort })}>
          All
        </Chip>
        {moods.map((one) => (
          <Chip key={one} chosen={mood === one} onClick={() => show({ mood: one, sort })}>
            {MOOD_RULES[one].name}
          </Chip>
        ))}
        <Button
          look="quiet"
          className={styles['sort'] ?? ''}
          icon={<ArrowsDownUp size={16} aria-hidden />}
          aria-pressed={sort === 'changed'}
          onClick={() => show({ mood, sort: sort ? undefined : 'changed' })}
        >
          {sort ? 'Sort by number' : 'Sort by changes today'}
        </Button>
      </div>
      <p className="sr" role="status">
        {mood ? `${cards.length} playlists shown` : ''}
      </p>
      {cards.length > 0 ? (
        <PlaylistGrid cards={cards} />
      ) : (
        <EmptyState title="No playlists match this mood today">Choose another mood, or All.</EmptyState>
      )}
    </>
  );
}

function NetworkSkeleton() {
  return (
    <div aria-busy>
      <h1 className="sr">Loading the network</h1>
      <section className={styles['summary']} aria-hidden>
        <div>
          <div className="display">
            <Skeleton width="9em" height=".8em" />
            <br />
            <Skeleton width="13em" height=".8em" />
          </div>
          <p>
            <Skeleton width="30em" height="3.4em" />
          </p>
        </div>
        <div className={styles['facts']}>
          <Skeleton height="138px" />
        </div>
      </section>
      <div className={styles['moods']} aria-hidden>
        <Skeleton width="420px" height="30px" />
      </div>
      <PlaylistGridSkeleton />
    </div>
  );
}
