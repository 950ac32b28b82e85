import { useMutation, useQuery } from '@tanstack/react-query';
import type { RunTimes } from '../models/run-times.ts';
import { dayName, withDayNames } from '#web/lib/dates.ts';
import { newUuid } from '#web/lib/new-uuid.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { price } from '../money.ts';
import type { BatchPlan } from './batch-plan.ts';
import { secondsOf } from './task-models.tsx';
import { showRequested } from './use-batch.ts';
import styles from './request-foot.module.css';

const SETTLED_MS = 400;

interface RequestFootProps {
  readonly plan: BatchPlan;
  readonly times: readonly RunTimes[];
  readonly noun: 'picture' | 'video';
  readonly onRequested: (groupId: string) => void;
}

/** The estimate before, and the button that requests everything at once. One press is one request: what is sent twice is paid once. */
export function RequestFoot({ plan, times, noun, onRequested }: RequestFootProps) {
  const settled = useDebounced(JSON.stringify(plan.input), SETTLED_MS);
  const estimate = useQuery({
    ...trpc.generation.studio.batches.estimate.queryOptions(JSON.parse(settled) as BatchPlan['input']),
    enabled: plan.missing === null && settled === JSON.stringify(plan.input),
    retry: false,
    placeholderData: (before) => before,
  });
  const request = useMutation({
    mutationFn: (requestId: string) => client.generation.studio.batches.request.mutate({ ...plan.input, requestId }),
    onSuccess: (renders, requestId) => {
      showRequested(renders);
      onRequested(requestId);
    },
    onSettled: () => {
      void queryClient.invalidateQueries(trpc.generation.usage.mine.pathFilter());
      void queryClient.invalidateQueries(trpc.generation.studio.batches.prompts.pathFilter());
    },
  });
  const overLimit = plan.missing === null && estimate.data?.fits === false ? estimate.data : null;
  const isReady = plan.missing === null && overLimit === null && !estimate.error;
  const slowest = Math.max(0, ...plan.input.parts.map(({ model }) => times.find((one) => one.model === model)?.p50 ?? 0));
  return (
    <div className={styles['foot']}>
      <p role="status">
        <span>
          {plural(plan.renders, noun)}
          {slowest > 0 ? `, about ${secondsOf(slowest)}` : ''}
        </span>
        <b>{estimate.data && plan.missing === null ? (estimate.data.usdMicros === 0 ? 'Free' : `about ${price(estimate.data.usdMicros)}`) : ''}</b>
      </p>
      {overLimit ? <StatusText tone="bad">{withDayNames(overLimit.says ?? '')}</StatusText> : null}
      {request.error ? (
        <InlineError error={request.error} />
      ) : estimate.error && plan.missing === null ? (
        <InlineError error={estimate.error} />
      ) : null}
      <Button
        type="submit"
        look="primary"
        disabled={!isReady}
        working={request.isPending ? 'Requesting…' : false}
        aria-keyshortcuts="Control+Enter"
        onClick={(event) => {
          event.preventDefault();
          request.mutate(newUuid());
        }}
      >
        {plan.missing ?? (overLimit ? `Over your limit until ${dayName(overLimit.resetsAt)}` : `Render ${plural(plan.renders, noun)}`)}
      </Button>
    </div>
  );
}
