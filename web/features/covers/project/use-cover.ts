import { useMutation, useQuery } from '@tanstack/react-query';
import type { CoverId } from '#shared/ids.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';

const covers = client.generation.covers;

/** A cover as the server answers. */
type CoverAnswer = Awaited<ReturnType<(typeof covers)['view']['query']>>;
/** The changes of a cover that answer with the whole cover. */
type CoverChange = 'changeSource' | 'analyzeAgain' | 'proposeTitles' | 'setWords' | 'drawPicture' | 'choosePicture' | 'setType';
type InputOf<K extends CoverChange> = Parameters<(typeof covers)[K]['mutate']>[0];

/** A cover of the person's own. */
export function useCover(coverId: CoverId) {
  return useQuery(trpc.generation.covers.view.queryOptions({ coverId }));
}

/** Changes one step of a cover; every step then shows the answer. The changes of one cover run one after the other, so that none starts from an old state. After a failure the cover is read again: the step keeps why it failed. */
export function useCoverChange<K extends CoverChange>(change: K, coverId: CoverId, onDone?: (cover: CoverAnswer) => void) {
  return useMutation<CoverAnswer, Error, InputOf<K>>({
    scope: { id: `cover ${coverId}` },
    mutationFn: (input) => {
      const procedure: { readonly mutate: unknown } = covers[change];
      return (procedure.mutate as (input: InputOf<K>) => Promise<CoverAnswer>)(input);
    },
    onSuccess: (cover) => {
      showCover(cover);
      onDone?.(cover);
    },
    onError: () => refreshCover(coverId),
  });
}

/** Puts a cover that the server answered with on every part of the screen. */
export function showCover(cover: CoverAnswer): void {
  queryClient.setQueryData(trpc.generation.covers.view.queryKey({ coverId: cover.id }), cover);
  void queryClient.invalidateQueries(trpc.generation.covers.list.pathFilter());
}

/** Reads a cover again. */
export function refreshCover(coverId: CoverId): void {
  void queryClient.invalidateQueries(trpc.generation.covers.view.queryFilter({ coverId }));
}
