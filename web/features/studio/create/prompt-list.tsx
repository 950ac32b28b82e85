import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { MagnifyingGlass } from '@phosphor-icons/react/MagnifyingGlass';
import { useState } from 'react';
import type { PromptEntry, PromptPage } from '#shared/contracts/studio/batches.ts';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { client, trpc } from '#web/lib/trpc.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';
import { joinNames, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { price } from '../money.ts';
import styles from './prompt-list.module.css';

const PAGE = 8;

interface PromptListProps {
  readonly onOpen: (entry: PromptEntry) => void;
  readonly onUse: (entry: PromptEntry) => void;
}

/** Every prompt of the person's own, newest first, with a search; opening one shows its pictures, using one fills in the form. */
export function PromptList({ onOpen, onUse }: PromptListProps) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim());
  const prompts = usePrompts(search);
  const items = prompts.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0 && search === '' && !prompts.error) return null;
  return (
    <section className={styles['part']} aria-labelledby="earlier-prompts">
      <header>
        <h2 id="earlier-prompts">Earlier prompts</h2>
        <label className={styles['search']}>
          <span className="sr">Search prompts</span>
          <MagnifyingGlass size={16} aria-hidden />
          <input type="search" value={typed} placeholder="Search prompts" onChange={(event) => setTyped(event.target.value)} />
        </label>
      </header>
      {prompts.error ? <InlineError error={prompts.error} /> : null}
      {items.length === 0 && search !== '' && prompts.isSuccess ? <p className="muted">No prompt has “{search}”.</p> : null}
      <ol className={styles['list']}>
        {items.map((entry) => (
          <li key={entry.groupId}>
            <div>
              <p className={styles['prompt']}>{entry.prompt}</p>
              <p className={styles['about']}>{describePrompt(entry)}</p>
            </div>
            <div className={styles['strip']}>
              {entry.assets.map((asset) => (
                <HashedImage key={asset.id} src={asset.previews[300]} thumbhash={asset.thumbhash} alt="" />
              ))}
            </div>
            <div className={styles['buttons']}>
              <Button onClick={() => onUse(entry)}>Use again</Button>
              <Button look="quiet" onClick={() => onOpen(entry)}>
                Open
              </Button>
            </div>
          </li>
        ))}
      </ol>
      {prompts.hasNextPage ? (
        <Button working={prompts.isFetchingNextPage ? 'Loading…' : false} onClick={() => void prompts.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </section>
  );
}

/** The pages of the person's prompts that have these words. */
export function usePrompts(search: string) {
  return useInfiniteQuery({
    queryKey: [...trpc.generation.studio.batches.prompts.pathKey(), 'pages', search],
    queryFn: ({ pageParam, signal }) =>
      client.generation.studio.batches.prompts.query(
        { limit: PAGE, ...(search === '' ? {} : { search }), ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as PromptPage['nextCursor'],
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

function describePrompt({ createdAt, models, pictures, renders, chargeUsdMicros }: PromptEntry): string {
  const made = pictures === 0 ? plural(renders, 'render') : plural(pictures, 'file');
  return `${dayName(createdAt)}, ${clockTime(createdAt)} UTC · ${joinNames(models)}, ${made} · ${chargeUsdMicros === 0 ? 'nothing charged' : price(chargeUsdMicros)}`;
}
