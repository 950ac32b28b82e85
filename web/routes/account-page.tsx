import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AccountPageView } from '#shared/contracts/playlists/playlist-views.ts';
import { PlaylistGrid, PlaylistGridSkeleton } from '#web/features/playlists/network/playlist-grid.tsx';
import { dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { EmptyState, ErrorState, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './account-page.module.css';

const route = getRouteApi('/accounts/$accountId');

/** The public page of one account: the playlists it hosts and how many have today's list. */
export function AccountPage() {
  const { accountId } = route.useParams();
  const page = useQuery(trpc.playlistAdmin.accounts.publicPage.queryOptions({ accountId }));
  usePageTitle(page.data?.displayName ?? 'Account');
  if (page.error && !page.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={page.error} what="Can’t load this account." onRetry={() => void page.refetch()} />
      </div>
    );
  }
  if (!page.data) {
    return (
      <div className="wrap" aria-busy>
        <header className={styles['head']}>
          <h1>
            <TitleSkeleton width="10em" />
          </h1>
        </header>
        <PlaylistGridSkeleton />
      </div>
    );
  }
  return <div className="wrap">{<Page view={page.data} />}</div>;
}

function Page({ view }: { readonly view: AccountPageView }) {
  const { displayName, playlists, freshToday, today } = view;
  return (
    <>
      <header className={styles['head']}>
        <p className="label">Account</p>
        <h1>{displayName}</h1>
        {playlists.length > 0 ? (
          <p>
            {plural(playlists.length, 'playlist')}, {freshToday === playlists.length ? 'all' : freshToday} updated on {dayName(today)}.
          </p>
        ) : null}
      </header>
      {playlists.length > 0 ? (
        <PlaylistGrid cards={playlists} />
      ) : (
        <EmptyState title="No playlists yet.">This account’s playlists will appear here.</EmptyState>
      )}
    </>
  );
}
