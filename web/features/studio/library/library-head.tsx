import { MagnifyingGlass } from '@phosphor-icons/react/MagnifyingGlass';
import { useEffect, useState } from 'react';
import type { AssetFacets, AssetPage } from '#shared/contracts/studio/library/asset-views.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';
import { count, fileSize, joinNames, plural } from '#web/lib/words.ts';
import type { LibraryFilter } from './library-filter.ts';
import styles from './library-screen.module.css';

interface HeadProps {
  readonly filter: LibraryFilter;
  readonly first: Pick<AssetPage, 'count' | 'countMax' | 'matching'> | undefined;
  readonly facets: AssetFacets | undefined;
  readonly onSearch: (q: string | undefined) => void;
  readonly onDeleted: (deleted: boolean | undefined) => void;
}

/** The answer to the search as the page's title, how much there is in all, and the search itself. */
export function LibraryHead({ filter, first, facets, onSearch, onDeleted }: HeadProps) {
  const [typed, setTyped] = useState(filter.q ?? '');
  const wanted = useDebounced(typed.trim());
  useEffect(() => {
    if (wanted !== (filter.q ?? '')) onSearch(wanted === '' ? undefined : wanted);
    // oxlint-disable-next-line react/exhaustive-deps -- only what is typed searches
  }, [wanted]);
  return (
    <section className={styles['head']}>
      <div>
        <h1 aria-live="polite">{answer(filter, first)}</h1>
        <p>
          {facets
            ? `Out of ${joinNames([plural(facets.pictures, 'picture'), plural(facets.videos, 'video')])} · newest first · ${fileSize(facets.bytes)}`
            : ' '}{' '}
          ·{' '}
          <button type="button" className={styles['link']} onClick={() => onDeleted(filter.deleted ? undefined : true)}>
            {filter.deleted ? 'Back to the library' : 'Recently deleted'}
          </button>
        </p>
      </div>
      <label>
        <span className="sr">Search prompts</span>
        <span className={styles['search']}>
          <MagnifyingGlass size={16} aria-hidden />
          <input
            type="search"
            aria-keyshortcuts="/"
            data-page-search
            placeholder="Words of the prompt"
            value={typed}
            maxLength={200}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
      </label>
    </section>
  );
}

/** “312 pictures match “night”.” */
function answer({ q, deleted, ...others }: LibraryFilter, first: HeadProps['first']): string {
  if (!first || first.count === null) return deleted ? 'Recently deleted' : 'Library';
  const isMore = first.count > first.countMax;
  const number = isMore ? `More than ${count(first.countMax)}` : first.count === 0 ? 'No' : count(first.count);
  const files = `${number} ${first.count === 1 ? 'file' : 'files'}`;
  if (deleted) return `${files} can be restored.`;
  const one = first.count === 1;
  if (q !== undefined && first.matching === 'similar' && first.count > 0)
    return `No prompt has “${q}”. ${files} ${one ? 'has' : 'have'} similar words.`;
  if (q !== undefined) return `${files} ${one ? 'matches' : 'match'} “${q}”.`;
  return Object.values(others).some((value) => value !== undefined) ? `${files} ${one ? 'matches' : 'match'}.` : `${files} in your library.`;
}
