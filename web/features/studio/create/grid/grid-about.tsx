import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { clockTime } from '#web/lib/dates.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { TextArea } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { price } from '../../money.ts';
import { batchCost } from '../batch-words.ts';
import styles from './grid-about.module.css';

/** Beside a grid: what the person noted about it, its model and seed, and what it cost. */
export function GridAbout({ renders, children }: { readonly renders: readonly RenderView[]; readonly children?: React.ReactNode }) {
  const [first] = renders;
  if (!first) return null;
  const { charged, estimate } = batchCost(renders);
  const seeds = [...new Set(renders.map(({ values }) => values['seed']))];
  const stopped = renders.find(({ state, cancelRequestedAt }) => state === 'canceled' && cancelRequestedAt !== null)?.cancelRequestedAt;
  const facts: readonly (readonly [string, string])[] = [
    ['Model', first.modelLabel],
    ...(typeof seeds[0] === 'number' ? [['Seed', seeds.length === 1 ? `${seeds[0]} for all` : 'Another for each'] as const] : []),
    ...(stopped ? [['Stopped', `at ${clockTime(stopped)} UTC`] as const] : []),
    ['Estimate', price(estimate)],
    ['Cost', charged === 0 && estimate > 0 ? '$0.000' : price(charged)],
  ];
  return (
    <div className={styles['about']}>
      <GridNote key={first.groupId} groupId={first.groupId} />
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  );
}

/** The note is saved when its field is left. */
function GridNote({ groupId }: { readonly groupId: string }) {
  const query = trpc.generation.studio.batches.note.queryOptions({ groupId });
  const stored = useQuery(query);
  const [typed, setTyped] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (note: string) => client.generation.studio.batches.writeNote.mutate({ groupId, note }),
    onSuccess: (saved) => {
      queryClient.setQueryData(query.queryKey, saved);
      setTyped(null);
    },
  });
  const kept = stored.data?.note ?? '';
  const note = typed ?? kept;
  return (
    <div>
      <TextArea
        label="Your note"
        rows={3}
        maxLength={1_000}
        placeholder="What did you find?"
        value={note}
        disabled={stored.isPending}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => typed !== null && typed.trim() !== kept && save.mutate(typed)}
      />
      <p className="small muted" role="status">
        {save.isPending ? 'Saving…' : save.isSuccess && typed === null ? 'Saved.' : ''}
      </p>
      {save.error ? <InlineError error={save.error} /> : null}
    </div>
  );
}
