import { useState } from 'react';
import type { PromptEntry } from '#shared/contracts/studio/batches.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { gridOf } from '#shared/domain/studio/batches/parameter-grid.ts';
import { promptVersions } from '#shared/domain/studio/batches/prompt-change.ts';
import { hasForm } from '#shared/domain/studio/batches/several-models.ts';
import type { AssetId } from '#shared/ids.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { clockTime } from '#web/lib/dates.ts';
import { useShortcuts } from '#web/lib/keyboard.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ErrorState, InlineError } from '#web/ui/feedback/states.tsx';
import { Toasts } from '#web/ui/feedback/toast.tsx';
import { PageHead } from '#web/ui/layout/page-head.tsx';
import { CompareDialog } from '../library/dialogs/compare-dialog.tsx';
import { useRunTimes } from '../models/run-times.ts';
import { useModels } from '../models/use-models.ts';
import { price } from '../money.ts';
import { isOpenRender } from '../renders/render-words.ts';
import { batchCost, batchHeadline, batchItems } from './batch-words.ts';
import { CreateForm } from './create-form.tsx';
import { GridResult } from './grid/grid-result.tsx';
import { LeadFigure } from './lead-figure.tsx';
import { PromptList, usePrompts } from './prompt-list.tsx';
import { PromptVersions } from './prompt-versions.tsx';
import { RunList } from './run-list.tsx';
import { useStudioDraft } from './studio-draft.ts';
import { useBatch } from './use-batch.ts';
import { useBatchActions } from './use-batch-actions.ts';
import { draftOfRenders } from './draft-of-renders.ts';
import styles from './create-screen.module.css';

/** What the address of the page says. */
export interface CreateSearch {
  /** The renders that are shown: those that were requested together. */
  readonly group?: string | undefined;
  /** Where another page sends a picture to. */
  readonly task?: StudioTask | undefined;
  readonly image?: AssetId | undefined;
}

/** The free studio: one prompt for any models, the pictures that came of it, and the prompts of before. */
export function CreateScreen({ search, onSearch }: { readonly search: CreateSearch; readonly onSearch: (search: CreateSearch) => void }) {
  const { draft, setDraft } = useStudioDraft('create', {
    ...(search.task ? { task: search.task } : {}),
    ...(search.image ? { values: { image: [search.image] } } : {}),
  });
  const models = useModels(draft.task)?.filter(({ model }) => hasForm(model, draft.task));
  const times = useRunTimes();
  const prompts = usePrompts('');
  const entries = prompts.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = search.group ?? entries[0]?.groupId;
  const batch = useBatch(shown);
  const { renders } = batch;
  const [viewed, setViewed] = useState<AssetId | null>(null);
  const [isComparing, setComparing] = useState(false);
  const items = batchItems(renders);
  const lead = items.find(({ asset }) => asset?.id === viewed) ?? items.find(({ asset }) => asset !== undefined);
  const other = items.find(({ asset }) => asset && asset.id !== lead?.asset?.id);
  const versions = promptVersions(
    entries.slice(
      Math.max(
        0,
        entries.findIndex(({ groupId }) => groupId === shown),
      ),
    ),
  );
  const grid = renders.length > 1 ? gridOf(renders) : undefined;
  const gridModel = models?.find(({ model }) => model.id === renders[0]?.model)?.model;
  const { cancel, rest, repeat } = useBatchActions((found) => {
    setDraft((before) => draftOfRenders(before, found));
    scrollTo({ top: 0 });
  });
  const open = (group: string) => {
    setViewed(null);
    onSearch({ group });
  };
  useShortcuts({
    Escape: () => {
      setViewed(null);
      if (search.group !== undefined) onSearch({});
    },
  });
  const openPrompt = ({ groupId }: PromptEntry) => {
    open(groupId);
    scrollTo({ top: 0 });
  };
  return (
    <>
      <PageHead
        title={batchHeadline(renders)}
        actions={
          <>
            {lead?.asset && other?.asset ? <Button onClick={() => setComparing(true)}>Compare two</Button> : null}
            {shown !== undefined && renders.some(isOpenRender) ? (
              <Button look="quiet" working={cancel.isPending ? 'Canceling…' : false} onClick={() => cancel.mutate(shown)}>
                Cancel remaining
              </Button>
            ) : null}
          </>
        }
      >
        <BatchAbout renders={renders} version={versions.length} />
      </PageHead>
      {cancel.error ? <InlineError error={cancel.error} /> : null}
      {repeat.error ? <InlineError error={repeat.error} /> : null}
      <div className={styles['layout']}>
        <CreateForm draft={draft} models={models ?? []} times={times} onDraft={setDraft} onRequested={open} />
        <div className={styles['result']} aria-busy={batch.isPending}>
          {batch.error ? <ErrorState error={batch.error} what="Can’t load these renders" onRetry={() => void batch.refetch()} /> : null}
          {prompts.isSuccess && entries.length === 0 && renders.length === 0 ? (
            <div className={styles['nothing']}>
              <h2>Nothing rendered yet.</h2>
              <p>Write what you want to see: a place, a light, a mood. The cheapest model is chosen; it makes drafts for little money.</p>
            </div>
          ) : null}
          {lead?.asset ? (
            <LeadFigure
              key={lead.asset.id}
              render={lead.render}
              asset={lead.asset}
              onRequested={open}
              onStartFrom={(task) => {
                setDraft((before) => ({ ...before, task, values: { ...before.values, image: [lead.asset?.id] } }));
                scrollTo({ top: 0 });
              }}
            />
          ) : null}
          <PromptVersions versions={versions} onOpen={openPrompt} />
        </div>
        <RunList items={items.filter((item) => item !== lead)} times={times} onView={setViewed} />
      </div>
      {grid ? (
        <GridResult
          renders={renders}
          axes={grid}
          model={gridModel}
          chosen={lead?.asset?.id}
          rest={{ isRequesting: rest.isPending, error: rest.error, onRender: () => shown !== undefined && rest.mutate(shown) }}
          onView={setViewed}
        />
      ) : null}
      <PromptList onOpen={openPrompt} onUse={(entry) => repeat.mutate(entry)} />
      {isComparing && lead?.asset && other?.asset ? (
        <CompareDialog ids={[lead.asset.id, other.asset.id]} onClose={() => setComparing(false)} />
      ) : null}
      <Toasts />
    </>
  );
}

/** “Version 5 of this prompt, requested at 21:14 UTC · $0.027 spent of about $0.115”. */
function BatchAbout({ renders, version }: { readonly renders: readonly RenderView[]; readonly version: number }) {
  const [first] = renders;
  if (!first) return 'One prompt, any models, side by side.';
  const { charged, estimate } = batchCost(renders);
  return (
    <>
      {version > 1 ? `Version ${version} of this prompt, requested` : 'Requested'} at {clockTime(first.createdAt)} UTC ·{' '}
      <span aria-live="polite">{estimate === 0 ? 'free' : `${charged === 0 ? '$0.000' : price(charged)} spent of about ${price(estimate)}`}</span>
    </>
  );
}
