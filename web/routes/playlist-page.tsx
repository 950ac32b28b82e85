import { skipToken, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { PlaylistView } from '#shared/contracts/views.ts';
import { DayPicker } from '#web/features/playlists/page/day-picker.tsx';
import { FlowChart } from '#web/features/playlists/page/flow-chart.tsx';
import { Front, FrontSkeleton } from '#web/features/playlists/page/front.tsx';
import { OverDays } from '#web/features/playlists/page/over-days.tsx';
import { RestChart } from '#web/features/playlists/page/rest-chart.tsx';
import { Rules } from '#web/features/playlists/page/rules.tsx';
import { TrackList } from '#web/features/playlists/page/track-list.tsx';
import { WhyNot } from '#web/features/playlists/page/why-not.tsx';
import { dayName, playingTime } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import { EmptyState, ErrorState } from '#web/ui/feedback/states.tsx';
import styles from './playlist-page.module.css';
import { LostPage } from './lost-page.tsx';

const route = getRouteApi('/playlist/$index');

/** One playlist on one day: its sleeve, its proof, how it flows, and of every track why it is there. */
export function PlaylistPage() {
  const index = Number(route.useParams().index);
  const { day } = route.useSearch();
  const isNumber = Number.isSafeInteger(index) && index > 0;
  const playlist = useQuery(
    trpc.network.playlist.queryOptions(isNumber ? { index, day } : skipToken, {
      placeholderData: (before) => (before?.card.index === index ? before : undefined),
    }),
  );
  usePageTitle(playlist.data?.card.themeTag ?? 'Playlist');
  if (!isNumber) return <LostPage />;
  if (playlist.error && !playlist.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={playlist.error} what="This playlist cannot be shown." onRetry={() => void playlist.refetch()} />
      </div>
    );
  }
  return <div className="wrap">{playlist.data ? <Playlist view={playlist.data} isTurning={playlist.isPlaceholderData} /> : <FrontSkeleton />}</div>;
}

function Playlist({ view, isTurning }: { readonly view: PlaylistView; readonly isTurning: boolean }) {
  const day = view.card.day;
  const asked = dayShown(view);
  return (
    <div aria-busy={isTurning} className={isTurning ? styles['turning'] : undefined}>
      <Front view={view} />
      {view.entries.length > 0 && day !== null ? (
        <>
          <MissedDay view={view} />
          <RolledBack view={view} />
          <section className={styles['charts']} aria-label="In pictures">
            <FlowChart entries={view.entries} />
            <RestChart entries={view.entries} day={day} />
            <DayPicker days={view.days} day={day} />
          </section>
          <TrackList entries={view.entries} day={day} />
          <p className={styles['total']}>
            {plural(view.entries.length, 'track')}, {playingTime(view.entries.reduce((sum, entry) => sum + entry.durationMs, 0))}
          </p>
        </>
      ) : (
        <NothingThatDay view={view} />
      )}
      <OverDays index={view.card.index} />
      <div className={styles['ask']}>
        {asked === null ? null : <WhyNot index={view.card.index} day={asked} />}
        <Rules view={view} />
      </div>
    </div>
  );
}

const dayShown = (view: PlaylistView) => view.card.day ?? view.days[0]?.day ?? null;

/** Says that the newest day has no list, where an earlier one is shown instead. */
function MissedDay({ view }: { readonly view: PlaylistView }) {
  const [newest] = view.days;
  if (newest?.status !== 'unfilled' || view.card.day === null || newest.day <= view.card.day || view.card.freshness !== 'unfilled') return null;
  return (
    <p className={styles['missed']}>
      <StateText tone="soon">
        {dayName(newest.day)} could not be filled, so the list of {dayName(view.card.day)} stays.
      </StateText>{' '}
      <Link to="/playlist/$index" params={{ index: String(view.card.index) }} search={{ day: newest.day }} className="link">
        See why
      </Link>
    </p>
  );
}

/** Says that an earlier day's list stands on Spotify instead of the one below. */
function RolledBack({ view }: { readonly view: PlaylistView }) {
  if (view.shows === null || view.card.day === null) return null;
  return (
    <p className={styles['missed']}>
      <StateText tone="soon">
        On {dayName(view.card.day)} Spotify shows the list of {dayName(view.shows)} again, not the one below.
      </StateText>{' '}
      <Link to="/playlist/$index" params={{ index: String(view.card.index) }} search={{ day: view.shows }} className="link">
        See that list
      </Link>
    </p>
  );
}

function NothingThatDay({ view }: { readonly view: PlaylistView }) {
  // One that was never filled shows no list; then its newest attempt is the day to speak of.
  const day = dayShown(view);
  return (
    <>
      {day === null ? null : (
        <section className={styles['charts']}>
          <DayPicker days={view.days} day={day} />
        </section>
      )}
      <EmptyState title={day === null ? 'Its first night is still to come.' : `No list could be made for ${dayName(day)}.`}>
        {view.report && view.report.shortfall.length > 0
          ? view.report.shortfall.join(' ')
          : 'As soon as it is chosen, every track is here with its reason.'}
      </EmptyState>
    </>
  );
}
