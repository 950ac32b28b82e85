import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { trpc } from '#web/lib/trpc.ts';
import { numberInWords, capitalize } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState, ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { undoRemove } from './remove-saved.ts';
import { SavedCards } from './saved-cards.tsx';
import styles from './saved-list.module.css';

/** Everything that a person saved, what they began, and what they deleted and can still have back. */
export function SavedList() {
  const saved = useQuery(trpc.discovery.saved.list.queryOptions({}));
  if (saved.error && !saved.data)
    return <ErrorState isPage error={saved.error} what="Can’t load your playlists" onRetry={() => void saved.refetch()} />;
  if (!saved.data) {
    return (
      <div aria-busy className={styles['page']}>
        <h1>
          <TitleSkeleton />
        </h1>
        <RowsSkeleton rows={6} />
      </div>
    );
  }
  const { playlists, removed } = saved.data;
  const finished = playlists.filter(({ state }) => state === 'saved');
  const drafts = playlists.filter(({ state }) => state === 'draft');
  if (playlists.length === 0 && removed.length === 0) {
    return (
      <EmptyState
        isPage
        title="Nothing saved yet"
        action={
          <Link to="/discover" className={buttonClass('primary')}>
            New playlist
          </Link>
        }
      >
        Playlists that you save are here, with everything they were made from.
      </EmptyState>
    );
  }
  return (
    <div className={styles['page']}>
      <h1>
        {finished.length === 0
          ? 'No playlists saved yet.'
          : `${capitalize(numberInWords(finished.length))} ${finished.length === 1 ? 'playlist' : 'playlists'} saved.`}
      </h1>
      {finished.length > 0 ? <SavedCards cards={finished} label="Saved playlists" as="h2" /> : null}
      {drafts.length > 0 ? (
        <PageSection title="Drafts">
          <SavedCards cards={drafts} label="Drafts" />
        </PageSection>
      ) : null}
      {removed.length > 0 ? (
        <PageSection title="Deleted" note="Can be restored for 30 days">
          <ul className={styles['removed']}>
            {removed.map(({ id, name }) => (
              <li key={id}>
                <span>{name}</span>
                <Button size="small" aria-label={`Restore ${name}`} onClick={() => void undoRemove(id)}>
                  Restore
                </Button>
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
    </div>
  );
}
