import { useQuery } from '@tanstack/react-query';
import type { ModelSettingsView } from '#shared/contracts/studio/model-settings.ts';
import { ModelSettingsTable } from '#web/features/studio/models/settings/model-table.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { capitalize, numberInWords } from '#web/lib/words.ts';
import { ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { PageHead } from '#web/ui/layout/page-head.tsx';

/** Every model: whether it is on, for whom, at what price, and how long its last runs took. */
export function ModelsPage() {
  usePageTitle('Models');
  const models = useQuery(trpc.generation.models.settings.queryOptions());
  if (models.error && !models.data)
    return <ErrorState isPage error={models.error} what="Can’t load the models." onRetry={() => void models.refetch()} />;
  // The client's type of a JSON answer makes what may be undefined optional.
  const settings = models.data as unknown as readonly ModelSettingsView[] | undefined;
  return (
    <>
      <PageHead title={settings ? modelsHeadline(settings) : <TitleSkeleton width="14em" />}>
        Turning a model off ends its pictures and videos that were not sent yet; they cost nothing. Prices of fal are read every hour.
      </PageHead>
      {settings ? <ModelSettingsTable models={settings} /> : null}
      {models.isPending ? <RowsSkeleton rows={8} /> : null}
    </>
  );
}

function modelsHeadline(models: readonly ModelSettingsView[]): string {
  const usable = models.filter(({ isOn, unavailableBecause }) => isOn && unavailableBecause === null).length;
  if (usable === models.length) return `All ${numberInWords(usable)} models can be used.`;
  return `${capitalize(numberInWords(usable))} of ${numberInWords(models.length)} models can be used.`;
}
