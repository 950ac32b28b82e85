import { useQuery } from '@tanstack/react-query';
import type { ModelView } from '#shared/contracts/studio/model-views.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { trpc } from '#web/lib/trpc.ts';

/** The models for a task, in the order of the picker; undefined until they are read. */
export function useModels(task: StudioTask = 'text_to_image'): readonly ModelView[] | undefined {
  const models = useQuery(trpc.generation.models.list.queryOptions({ task }));
  // The client's type of a JSON answer forgets the length of tuples.
  return models.data as unknown as readonly ModelView[] | undefined;
}
