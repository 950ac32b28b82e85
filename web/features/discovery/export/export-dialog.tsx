import { useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useRef } from 'react';
import type { AppRouter } from '#server/routers/index.ts';
import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import { ExportPreview } from './export-preview.tsx';
import { ExportReceipt } from './export-receipt.tsx';

/** How often an export that is being applied elsewhere is read again. */
const CHECK_MS = 2_000;

/** An export as the browser has it. */
type ExportAnswer = inferRouterOutputs<AppRouter>['discovery']['saved']['export']['show'];

/** The plan that a person saw. */
interface Confirmed {
  readonly exportId: NonNullable<SavedExportView['id']>;
  readonly hash: string;
}

interface ExportDialogProps {
  readonly saved: SavedPlaylistView;
  readonly onClose: () => void;
}

/** Plan, preview, apply and receipt of an export. Nothing is written to Spotify before it is confirmed here. */
export function ExportDialog({ saved, onClose }: ExportDialogProps) {
  const plan = useMutation({ mutationFn: () => client.discovery.saved.export.plan.mutate({ savedId: saved.id }), onSuccess: keepExport });
  const apply = useMutation({
    mutationFn: (confirmed: Confirmed) => client.discovery.saved.export.send.mutate(confirmed),
    onSuccess: (view) => {
      keepExport(view);
      // The page behind has an export more.
      void queryClient.invalidateQueries({ queryKey: trpc.discovery.saved.export.list.queryKey() });
    },
  });
  const shown = useExport(plan.data);
  const begin = plan.mutate;
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    begin();
  }, [begin]);
  const isPlanned = shown?.state === 'planned';
  return (
    <Dialog
      title={titleOf(saved.name, shown)}
      onClose={onClose}
      actions={<Actions {...{ shown, onClose }} isApplying={apply.isPending} onApply={apply.mutate} onPlan={() => begin()} />}
    >
      {plan.isPending ? (
        <div aria-busy>
          <p role="status">Reading what Spotify shows…</p>
          <RowsSkeleton rows={3} />
        </div>
      ) : null}
      {plan.error ? <InlineError error={plan.error} /> : null}
      {shown && isPlanned ? <ExportPreview plan={shown} /> : null}
      {shown && !isPlanned ? <ExportReceipt view={shown} /> : null}
      {apply.error ? <InlineError error={apply.error} /> : null}
    </Dialog>
  );
}

interface ActionsProps {
  readonly shown: SavedExportView | undefined;
  readonly isApplying: boolean;
  readonly onApply: (confirmed: Confirmed) => void;
  readonly onPlan: () => void;
  readonly onClose: () => void;
}

function Actions({ shown, isApplying, onApply, onPlan, onClose }: ActionsProps) {
  const isPlanned = shown?.state === 'planned';
  const confirmed =
    isPlanned && shown.problem === null && shown.id !== null && shown.hash !== null ? { exportId: shown.id, hash: shown.hash } : undefined;
  return (
    <>
      <Button onClick={onClose}>{isPlanned ? 'Cancel' : 'Close'}</Button>
      {shown && (shown.state === 'outdated' || shown.state === 'failed') ? (
        <Button look="primary" onClick={onPlan}>
          Plan again
        </Button>
      ) : null}
      {shown?.problem?.authorizeUrl && isPlanned ? (
        <AppLink href={shown.problem.authorizeUrl} className={buttonClass('primary')}>
          Authorize on Spotify
        </AppLink>
      ) : null}
      {shown && confirmed ? (
        <Button look="primary" working={isApplying ? 'Writing to Spotify…' : false} onClick={() => onApply(confirmed)}>
          {shown.action === 'none' ? 'Check and confirm' : `Export ${plural(shown.counts.added + shown.counts.kept + shown.counts.moved, 'track')}`}
        </Button>
      ) : null}
    </>
  );
}

function titleOf(name: string, shown: SavedExportView | undefined): string {
  if (shown === undefined || shown.state === 'planned')
    return shown?.action === 'none' ? `“${name}” is on Spotify already` : `Put “${name}” on Spotify?`;
  return shown.state === 'applied' ? `“${name}” is on Spotify` : `“${name}” was not exported`;
}

function useExport(planned: SavedExportView | undefined): SavedExportView | undefined {
  const query = useQuery({
    ...trpc.discovery.saved.export.show.queryOptions({ exportId: planned?.id ?? '' }),
    enabled: planned !== undefined && planned.id !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'applying' ? CHECK_MS : false),
  });
  return planned === undefined ? undefined : (query.data ?? planned);
}

function keepExport(view: ExportAnswer): void {
  if (view.id !== null) queryClient.setQueryData(trpc.discovery.saved.export.show.queryKey({ exportId: view.id }), view);
}
