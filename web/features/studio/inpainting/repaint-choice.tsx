import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PaintBrush } from '@phosphor-icons/react/PaintBrush';
import { useState } from 'react';
import type { AssetPage } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId } from '#shared/ids.ts';
import { client, trpc } from '#web/lib/trpc.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { ErrorState } from '#web/ui/feedback/states.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { describeTile } from '../library/wall-rows.ts';
import { UploadPicture } from '../uploads/upload-picture.tsx';
import styles from './repaint-choice.module.css';

const PAGE = 24;

/** Chooses the picture of which a part is repainted: a new file, or one of the person's own, the newest first and searched by words of the prompt. */
export function RepaintChoice({ onChoose }: { readonly onChoose: (id: AssetId) => void }) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim());
  const pictures = usePictures(search);
  const tiles = pictures.data?.pages.flatMap((page) => page.items) ?? [];
  const hasNone = pictures.isSuccess && tiles.length === 0;
  return (
    <div className={styles['choice']}>
      <UploadPicture onChoose={onChoose} />
      <section aria-labelledby="own-pictures">
        <header>
          <h2 id="own-pictures">Your pictures</h2>
          <div className={styles['search']}>
            <TextField type="search" label="Search prompts" value={typed} maxLength={200} onChange={(event) => setTyped(event.target.value)} />
          </div>
        </header>
        {pictures.error ? <ErrorState error={pictures.error} what="Can’t load your pictures" onRetry={() => void pictures.refetch()} /> : null}
        {hasNone && search !== '' ? <p className="muted">No picture matches “{search}”.</p> : null}
        {hasNone && search === '' ? (
          <p className="muted">
            Nothing here yet. Upload a picture, or <Link to="/studio">make one</Link>.
          </p>
        ) : null}
        <ul className={styles['tiles']} aria-label="Your newest pictures" aria-busy={pictures.isPending}>
          {tiles.map((tile) => (
            <li key={tile.id}>
              <button type="button" aria-label={`Repaint ${describeTile(tile)}`} onClick={() => onChoose(tile.id)}>
                <HashedImage src={tile.previews[300]} thumbhash={tile.thumbhash} alt="" />
                <span aria-hidden>
                  <PaintBrush size={16} /> Repaint
                </span>
              </button>
            </li>
          ))}
        </ul>
        {pictures.hasNextPage ? (
          <Button working={pictures.isFetchingNextPage ? 'Loading…' : false} onClick={() => void pictures.fetchNextPage()}>
            Show more
          </Button>
        ) : null}
      </section>
    </div>
  );
}

function usePictures(search: string) {
  return useInfiniteQuery({
    queryKey: [...trpc.generation.assets.list.pathKey(), 'to-repaint', search],
    queryFn: ({ pageParam, signal }) =>
      client.generation.assets.list.query(
        { kind: 'image', limit: PAGE, ...(search === '' ? {} : { search }), ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as AssetPage['nextCursor'],
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
