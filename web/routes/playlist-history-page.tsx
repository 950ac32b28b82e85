import { skipToken, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { HistoryView } from '#shared/contracts/playlists/history.ts';
import { DayTracks } from '#web/features/playlists/history/day-tracks.tsx';
import { DayDiff } from '#web/features/playlists/history/day-diff.tsx';
import { DayCalendar } from '#web/features/playlists/history/day-calendar.tsx';
import { Rollback } from '#web/features/playlists/history/rollback.tsx';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { joinNames, plural } from '#web/lib/words.ts';
import { EmptyState, ErrorState, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import styles from './playlist-history-page.module.css';

const route = getRouteApi('/playlist/$index/history');

/** The history of one playlist: a calendar of its days, the list of any day, the changes between two days, and rollback to an earlier one. */
export function PlaylistHistoryPage() {
  const index = Number(route.useParams().index);
  const { day } = route.useSearch();
  const isNumber = Number.isSafeInteger(index) && index > 0;
  const history = useQuery(
    trpc.playlists.history.queryOptions(isNumber ? { index, day } : skipToken, {
      placeholderData: (before) => (before?.index === index ? before : undefined),
    }),
  );
  usePageTitle(history.data ? `${history.data.themeTag}: history` : 'History');
  if (!isNumber) return <NotFoundPage />;
  if (history.error && !history.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={history.error} what="Can’t load the history" onRetry={() => void history.refetch()} />
      </div>
    );
  }
  return <div className="wrap">{history.data ? <History view={history.data} isLoading={history.isPlaceholderData} /> : <HistorySkeleton />}</div>;
}

function History({ view, isLoading }: { readonly view: HistoryView; readonly isLoading: boolean }) {
  const { from, day } = route.useSearch();
  const { data: session } = useQuery(trpc.auth.status.queryOptions());
  const lists = view.days.filter(({ status }) => status === 'published').length;
  return (
    <div aria-busy={isLoading}>
      <header className={styles['head']}>
        <p className="label">
          <Link to="/playlist/$index" params={{ index: String(view.index) }} className="link">
            {view.themeTag}
          </Link>
        </p>
        <h1>{lists === 0 ? 'No history yet' : `${plural(lists, 'day')} of history`}</h1>
      </header>
      {view.days.length > 0 ? <DayCalendar view={view} from={from} /> : null}
      {view.shown ? (
        <div className={styles['columns']}>
          <div>
            {from !== undefined && from !== view.shown.day ? (
              <DayDiff index={view.index} from={from} to={view.shown.day} />
            ) : (
              <DayTracks shown={view.shown} />
            )}
          </div>
          <aside className={styles['side']} aria-label="About this day">
            <Accounts shown={view.shown} />
            {session?.role === 'admin' ? <Rollback view={view} day={view.shown.day} /> : null}
          </aside>
        </div>
      ) : (
        <NoList view={view} day={day} />
      )}
    </div>
  );
}

/** Says why a day has no list: it could not be filled, it is before the first list, or no list was made. */
function NoList({ view, day }: { readonly view: HistoryView; readonly day: string | undefined }) {
  const first = view.days.at(-1)?.day;
  const entry = view.days.find((one) => one.day === day);
  const title = day === undefined ? 'No list yet' : `No list for ${dayName(day)}`;
  const why =
    entry?.status === 'unfilled'
      ? 'The playlist could not be filled, so the previous day’s list stayed.'
      : day !== undefined && first !== undefined && day < first
        ? `The first list is from ${dayName(first)}.`
        : 'No list was made for this day.';
  return (
    <EmptyState title={title}>
      {why} {view.days.length > 0 ? 'Choose another day above.' : ''}
    </EmptyState>
  );
}

function Accounts({ shown }: { readonly shown: NonNullable<HistoryView['shown']> }) {
  return (
    <section>
      <h2 className={styles['heading']}>On Spotify that day</h2>
      {shown.accounts.length === 0 ? <p className="muted small">Not on Spotify on {dayName(shown.day)}.</p> : null}
      <ul className={styles['accounts']}>
        {shown.accounts.map((one) => (
          <li key={one.account}>
            <b>{one.account}</b>
            {one.name === null ? null : <span>“{one.name}”</span>}
            <span className="muted small">{describeAccount(one)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function describeAccount(one: NonNullable<HistoryView['shown']>['accounts'][number]): string {
  const when = one.since === null ? '' : ` since ${dayName(one.since)}, ${clockTime(one.since)} UTC`;
  if (one.status === 'deleted') return `Deleted on Spotify${when}.`;
  if (one.status === 'unknown') return `Unknown${when}: it no longer belongs to Segue.`;
  const edits = [
    ...(one.added > 0 ? [`${plural(one.added, 'track')} added`] : []),
    ...(one.removed > 0 ? [`${plural(one.removed, 'track')} removed`] : []),
  ];
  const list = one.listDay === null ? 'A list' : `The list from ${dayName(one.listDay)}`;
  const edited = edits.length === 0 ? '' : ` Edited on Spotify: ${joinNames(edits)}; not covered by the certificate.`;
  return `${list}${one.tracks === null ? '' : `, ${plural(one.tracks, 'track')}`}${when === '' ? '' : `,${when}`}.${edited}`;
}

function HistorySkeleton() {
  return (
    <div aria-busy>
      <header className={styles['head']}>
        <h1>
          <TitleSkeleton width="10em" />
        </h1>
      </header>
      <Skeleton height="140px" />
      <div className={styles['columns']}>
        <Skeleton height="520px" />
        <Skeleton height="240px" />
      </div>
    </div>
  );
}
