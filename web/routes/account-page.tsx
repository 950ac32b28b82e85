import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AccountPageView } from '#shared/contracts/accounts/accounts.ts';
import { Wall, WallSkeleton } from '#web/features/playlists/network/wall.tsx';
import { dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { EmptyState, ErrorState, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './account-page.module.css';

const route = getRouteApi('/accounts/$accountId');

/** What one account carries, for anybody: its playlists as sleeves, and how fresh they are. */
export function AccountPage() {
  const { accountId } = route.useParams();
  const page = useQuery(trpc.accounts.publicPage.queryOptions({ accountId }));
  usePageTitle(page.data?.displayName ?? 'Account');
  if (page.error && !page.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={page.error} what="This account cannot be shown." onRetry={() => void page.refetch()} />
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
        <WallSkeleton />
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
            Carries {plural(playlists.length, 'playlist')}; {freshToday === playlists.length ? 'every one' : freshToday} has the list of{' '}
            {dayName(today)}.
          </p>
        ) : null}
      </header>
      {playlists.length > 0 ? (
        <Wall cards={playlists} />
      ) : (
        <EmptyState title="It carries nothing yet.">As soon as it does, its playlists stand here.</EmptyState>
      )}
    </>
  );
}
