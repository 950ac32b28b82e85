import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MergeView } from '#shared/contracts/catalog/merges.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { joinNames, percent } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import styles from './recording-merges.module.css';

const SHOWN_AT_FIRST = 8;
const LISTED_MAX = 500;

/** The recordings that count as one although their releases say otherwise, least certain first, each with a way to separate it. Nothing while there are none. */
export function RecordingMerges() {
  const merges = useQuery(trpc.catalog.merges.queryOptions({ limit: LISTED_MAX }));
  const [chosen, setChosen] = useState<MergeView>();
  if (!merges.data || merges.data.length === 0) return null;
  return (
    <div className={styles['merges']}>
      <PageSection
        title="Recordings that count as one"
        note={merges.data.length < LISTED_MAX ? 'Neither comes back within a repeat window of the other' : `The ${LISTED_MAX} least certain`}
      >
        <DataTable
          caption="Merged recordings"
          columns={columnsWith(setChosen)}
          rows={merges.data}
          keyOf={({ from, mergedAt }) => `${from} ${mergedAt}`}
          first={SHOWN_AT_FIRST}
        />
        {chosen ? <SeparateDialog merge={chosen} onClose={() => setChosen(undefined)} /> : null}
      </PageSection>
    </div>
  );
}

/** `choose` is called with the merge that the person wants to separate. */
function columnsWith(choose: (merge: MergeView) => void): readonly Column<MergeView>[] {
  return [
    { head: 'Recording', cell: ({ title, artists }) => <Title title={title} artists={artists} /> },
    { head: 'Counts as one with', cell: ({ intoTitle }) => intoTitle },
    { head: 'Because', cell: ({ reason }) => REASONS[reason] },
    { head: 'Certainty', numeric: true, cell: ({ confidence }) => percent(confidence) },
    { head: 'Separate', bare: true, cell: (merge) => <Action merge={merge} onChoose={() => choose(merge)} /> },
  ];
}

const REASONS: Readonly<Record<MergeView['reason'], string>> = {
  isrc: 'Same ISRC',
  title_artists_duration: 'Same title, artists and length',
};

function Title({ title, artists }: Pick<MergeView, 'title' | 'artists'>) {
  return (
    <>
      <b>{title}</b> <span className={styles['artists']}>{joinNames(artists)}</span>
    </>
  );
}

function Action({ merge, onChoose }: { readonly merge: MergeView; readonly onChoose: () => void }) {
  if (merge.undoneAt !== null) return <span className={styles['separated']}>Separated</span>;
  return (
    <Button size="small" aria-label={`Separate ${merge.title}`} onClick={onChoose}>
      Separate…
    </Button>
  );
}

function SeparateDialog({ merge, onClose }: { readonly merge: MergeView; readonly onClose: () => void }) {
  const undo = useMutation(
    trpc.catalog.undoMerge.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.catalog.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <Dialog
      title={`Separate “${merge.title}”?`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" working={undo.isPending ? 'Separating…' : false} onClick={() => undo.mutate({ recordingId: merge.from })}>
            Separate
          </Button>
        </>
      }
    >
      <p className={styles['consequences']}>
        It gets its own tracks again, and the two are never merged again: both may then be in one playlist, also within a repeat window. What was
        placed since the merge stays with “{merge.intoTitle}”. Certificates that were issued stay true.
      </p>
      {undo.error ? <InlineError error={undo.error} /> : null}
    </Dialog>
  );
}
