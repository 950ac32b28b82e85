import { skipToken, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import type { PlaylistView } from '#shared/contracts/playlists/playlist-views.ts';
import { DayPicker } from '#web/features/playlists/page/day-picker.tsx';
import { FlowChart } from '#web/features/playlists/page/flow-chart.tsx';
import { PlaylistHeader, PlaylistHeaderSkeleton } from '#web/features/playlists/page/playlist-header.tsx';
import { PlaylistTrends } from '#web/features/playlists/page/playlist-trends.tsx';
import { RepeatGapChart } from '#web/features/playlists/page/repeat-gap-chart.tsx';
import { Rules } from '#web/features/playlists/page/rules.tsx';
import { TrackList } from '#web/features/playlists/page/track-list.tsx';
import { WhyNot } from '#web/features/playlists/page/why-not.tsx';
import { dayName, playingTime } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { EmptyState, ErrorState } from '#web/ui/feedback/states.tsx';
import styles from './playlist-page.module.css';
import { NotFoundPage } from './not-found-page.tsx';

/** Listeners who are not signed in never load it. */
const PlaylistLink = lazy(() => import('#web/features/studio/sharing/playlist-link.tsx').then((part) => ({ default: part.PlaylistLink })));

const route = getRouteApi('/playlist/$index');

/** One playlist on one day: cover, certificate, charts, and each track with the reason it was chosen. */
export function PlaylistPage() {
  const index = Number(route.useParams().index);
  const { day, list } = route.useSearch();
  const isNumber = Number.isSafeInteger(index) && index > 0;
  const playlist = useQuery(
    trpc.playlists.playlist.queryOptions(isNumber ? { index, day, list } : skipToken, {
      placeholderData: (before) => (before?.card.index === index ? before : undefined),
    }),
  );
  usePageTitle(playlist.data?.card.themeTag ?? 'Playlist');
  if (!isNumber) return <NotFoundPage />;
  if (playlist.error && !playlist.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={playlist.error} what="Can’t load this playlist" onRetry={() => void playlist.refetch()} />
      </div>
    );
  }
  return (
    <div className="wrap">
      {playlist.data ? <Playlist view={playlist.data} isLoading={playlist.isPlaceholderData} /> : <PlaylistHeaderSkeleton />}
    </div>
  );
}

function Playlist({ view, isLoading }: { readonly view: PlaylistView; readonly isLoading: boolean }) {
  const day = view.card.day;
  const askedDay = dayShown(view);
  const status = useQuery(trpc.auth.status.queryOptions());
  return (
    <div aria-busy={isLoading} className={isLoading ? styles['loading'] : undefined}>
      <PlaylistHeader view={view} />
      {view.entries.length > 0 && day !== null ? (
        <>
          <MissedDay view={view} />
          <section className={styles['charts']} aria-label="Charts">
            <FlowChart entries={view.entries} />
            <RepeatGapChart entries={view.entries} day={day} listDay={view.shows ?? day} />
            <DayPicker days={view.days} day={day} />
          </section>
          <TrackList view={view} day={day} />
          <p className={styles['total']}>
            {view.shown.added.length > 0 ? `${plural(view.entries.length, 'track')} of the list` : plural(view.entries.length, 'track')},{' '}
            {playingTime(view.entries.reduce((sum, entry) => sum + entry.durationMs, 0))}
          </p>
        </>
      ) : (
        <NoList view={view} />
      )}
      <PlaylistTrends index={view.card.index} />
      {status.data?.signedIn ? (
        <Suspense>
          <PlaylistLink index={view.card.index} />
        </Suspense>
      ) : null}
      <div className={styles['ask']}>
        {askedDay === null ? null : <WhyNot index={view.card.index} day={askedDay} />}
        <Rules view={view} />
      </div>
    </div>
  );
}

const dayShown = (view: PlaylistView) => view.card.day ?? view.days[0]?.day ?? null;

/** Shown when the newest day has no list and an earlier one is shown instead. */
function MissedDay({ view }: { readonly view: PlaylistView }) {
  const [newest] = view.days;
  if (newest?.status !== 'unfilled' || view.card.day === null || newest.day <= view.card.day || view.card.freshness !== 'unfilled') return null;
  return (
    <p className={styles['notice']}>
      <StatusText tone="soon">
        {dayName(newest.day)} could not be filled, so the list from {dayName(view.card.day)} stays.
      </StatusText>{' '}
      <Link to="/playlist/$index" params={{ index: String(view.card.index) }} search={{ day: newest.day }} className="link">
        See why
      </Link>
    </p>
  );
}

function NoList({ view }: { readonly view: PlaylistView }) {
  // A playlist that was never filled has no list to show: use the day of the newest attempt.
  const day = dayShown(view);
  return (
    <>
      {day === null ? null : (
        <section className={styles['charts']}>
          <DayPicker days={view.days} day={day} />
        </section>
      )}
      <EmptyState title={day === null ? 'No list yet' : `No list could be made for ${dayName(day)}`}>
        {view.report && view.report.shortfall.length > 0
          ? view.report.shortfall.join(' ')
          : 'Once the first list is made, each track appears here with the reason it was chosen.'}
      </EmptyState>
    </>
  );
}
