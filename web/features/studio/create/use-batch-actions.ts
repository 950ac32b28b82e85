import { useMutation } from '@tanstack/react-query';
import type { PromptEntry } from '#shared/contracts/studio/batches.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { showRequested } from './use-batch.ts';

/** What can be done with a batch as a whole: cancel what is open, request what was canceled, and read an earlier one to fill in the form. */
export function useBatchActions(onRepeat: (renders: readonly RenderView[]) => void) {
  const cancel = useMutation({
    mutationFn: (groupId: string) => client.generation.studio.batches.cancel.mutate({ groupId }),
    onSettled: refresh,
  });
  const rest = useMutation({
    mutationFn: (groupId: string) => client.generation.studio.batches.renderRest.mutate({ groupId }),
    onSuccess: (renders) => showRequested(renders),
    onSettled: refresh,
  });
  const repeat = useMutation({
    mutationFn: ({ groupId }: PromptEntry) => client.generation.studio.list.query({ groupId, limit: 100 }),
    onSuccess: (page) => onRepeat(page.items),
  });
  return { cancel, rest, repeat };
}

function refresh(): void {
  void queryClient.invalidateQueries(trpc.generation.studio.pathFilter());
  void queryClient.invalidateQueries(trpc.generation.usage.mine.pathFilter());
}
