import { useQuery } from '@tanstack/react-query';
import type { ModelView } from '#shared/contracts/studio/model-views.ts';
import { trpc } from '#web/lib/trpc.ts';

/** How long the last runs of a model took, in seconds, the shortest and the longest tenth aside. */
export interface RunTimes {
  readonly model: string;
  readonly runs: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** The times of all models that have run here, whatever they do. */
export function useRunTimes(): readonly RunTimes[] {
  const models = useQuery(trpc.generation.models.list.queryOptions({}));
  return ((models.data ?? []) as unknown as readonly ModelView[]).flatMap(({ model, runs }) => {
    const times = runTimes(model.id, runs);
    return times ? [times] : [];
  });
}

function runTimes(model: string, runs: readonly number[]): RunTimes | undefined {
  const sorted = runs.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
  return sorted.length === 0 ? undefined : { model, runs: sorted.length, p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}
