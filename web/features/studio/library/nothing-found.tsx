import { Link } from '@tanstack/react-router';
import type { AssetFacets } from '#shared/contracts/studio/library/asset-views.ts';
import type { CollectionView } from '#shared/contracts/studio/library/collections.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { activeFilters } from './library-filter.ts';
import type { LibraryFilter } from './library-filter.ts';
import styles from './library-screen.module.css';

interface NothingProps {
  readonly filter: LibraryFilter;
  readonly facets: AssetFacets | undefined;
  readonly collections: readonly CollectionView[] | undefined;
  readonly onFilter: (change: LibraryFilter) => void;
}

/** What to do when nothing is shown: remove a filter, or make a first picture. */
export function NothingFound({ filter, facets, collections, onFilter }: NothingProps) {
  const on = activeFilters(filter, facets, collections);
  if (filter.deleted) {
    return (
      <section className={styles['empty']}>
        <p>Nothing was deleted in the last 30 days.</p>
      </section>
    );
  }
  if (on.length === 0 && filter.q === undefined) {
    return (
      <section className={styles['empty']}>
        <p>Pictures and videos that you make or upload are kept here.</p>
        <Link to="/covers" className={buttonClass('primary')}>
          Make a cover
        </Link>
      </section>
    );
  }
  return (
    <section className={styles['empty']}>
      <p>{on.length > 0 ? 'Remove a filter to find more.' : 'Try other words, or fewer.'}</p>
      {on.map(({ key, words }) => (
        <Button key={key} onClick={() => onFilter({ [key]: undefined })}>
          Remove “{words}”
        </Button>
      ))}
    </section>
  );
}
