import { useMutation, useQuery } from '@tanstack/react-query';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import type { Model, ModelValues } from '#shared/domain/studio/model.ts';
import { price } from '#web/features/studio/money.ts';
import { OwnUsage } from '#web/features/studio/usage/own-usage.tsx';
import { newUuid } from '#web/lib/new-uuid.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import styles from './model-request.module.css';

interface ModelRequestProps {
  readonly cover: CoverView;
  readonly model: Model;
  /** Only what the model takes. */
  readonly values: ModelValues;
}

/** The estimate before, and the button that requests the picture. One press is one request: what is sent twice is paid once. */
export function ModelRequest({ cover, model, values }: ModelRequestProps) {
  const settled = useDebounced(JSON.stringify(values), 400);
  const input = { model: model.id, task: 'text_to_image' as const, values: JSON.parse(settled) as Record<string, unknown> };
  const estimate = useQuery({ ...trpc.generation.studio.estimate.queryOptions(input), retry: false, placeholderData: (before) => before });
  const request = useMutation({
    mutationFn: (requestId: string) => client.generation.studio.request.mutate({ ...input, values: { ...values }, requestId, about: aboutOf(cover) }),
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.studio.pathFilter()),
  });
  const refused = estimate.data && !estimate.data.fits ? estimate.data.says : null;
  return (
    <div className={styles['request']}>
      <div className={styles['estimate']} role="status">
        {estimate.data ? <b>{estimate.data.usdMicros === 0 ? 'Free' : `About ${price(estimate.data.usdMicros)}`}</b> : <span>Estimating…</span>}
        {refused === null ? (
          <span className={styles['usage']}>
            <OwnUsage />
          </span>
        ) : null}
      </div>
      {refused ? <StatusText tone="bad">{refused}</StatusText> : null}
      {request.error ? <InlineError error={request.error} /> : estimate.error ? <InlineError error={estimate.error} /> : null}
      <Button
        look="primary"
        disabled={refused !== null || estimate.error !== null}
        working={request.isPending ? 'Requesting…' : false}
        onClick={() => request.mutate(newUuid())}
      >
        Render a picture
      </Button>
    </div>
  );
}

/** What the audit keeps about the render. */
function aboutOf({ source, words, music }: CoverView) {
  const mood = music?.analysis.moods[0]?.region;
  return {
    ...(source.kind === 'link' ? { playlistUrl: source.link } : {}),
    ...(words ? { title: words.title } : {}),
    ...(mood ? { mood } : {}),
    genres: music?.analysis.genres.slice(0, 12).map(({ name }) => name) ?? [],
  };
}
