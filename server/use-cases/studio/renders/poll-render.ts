import type { RenderProgress, RenderVendor } from '#server/providers/render-ports.ts';
import { changeRender, findRender } from '#server/repos/studio/renders.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { pollWaitMs } from '#shared/domain/studio/poll-wait.ts';
import { AppError } from '#shared/errors.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { finishRender } from './finish-render.ts';
import type { RenderDeps } from './render-deps.ts';
import { saysOf, tryAgainIn } from './render-errors.ts';
import { markUnknown } from './send-render.ts';

/** A vendor that does not answer is asked again after this long. */
const AWAY_MS = 5_000;
/** A person waits for the vendor's answer to a cancellation no longer than this. */
export const CANCEL_LIMIT_MS = 10_000;
/** No vendor keeps a request longer; after it the outcome is unknown. */
const WAITING_MAX_MS = DAY_MS;

type FinalProgress = Extract<RenderProgress, { kind: 'done' | 'refused' }>;

interface Polling {
  readonly row: RenderRow;
  readonly vendor: RenderVendor;
  readonly signal: AbortSignal;
}

/**
 * Asks a vendor's queue until the render is final, and shows what it says. `stopped` when the worker ends, undefined when the render ended otherwise
 * (canceled, or unknown after a day). Throws `rate_limited` when the vendor does not answer; the ticket stays.
 */
export async function pollRender(deps: RenderDeps, { row, vendor, signal }: Polling): Promise<FinalProgress | 'stopped' | undefined> {
  const { ticket } = row;
  if (!ticket) throw new Error('A waiting render has no ticket.');
  const sentAtMs = (row.sentAt ?? deps.now()).getTime();
  let shown = row.progress;
  let isCancelSent = false;
  for (;;) {
    if (signal.aborted) return 'stopped';
    const progress = await askVendor(deps, { row, vendor, signal });
    if (progress === undefined || signal.aborted) return signal.aborted ? 'stopped' : undefined;
    deps.faultPoint('render.after_poll');
    if (progress.kind === 'done' || progress.kind === 'refused') return progress;
    const next = shownOf(progress);
    const isNew = next.kind !== shown?.kind || next.position !== shown.position || next.percent !== shown.percent || row.error !== null;
    if (isNew) await changeRender(deps.db, row.id, { from: ['waiting'], set: { progress: next, error: null, changedAt: deps.now() } });
    shown = next;
    const now = await findRender(deps.db, row.id);
    if (now?.state !== 'waiting') return undefined;
    if (!isCancelSent && isCancelDue(now, deps.now())) {
      isCancelSent = true;
      if (await cancelAtVendor(deps, { row, vendor, signal })) return undefined;
    }
    await wait(pollWaitMs(deps.now().getTime() - sentAtMs), undefined, { signal }).catch(() => {});
  }
}

/** The request for the cancellation asks the vendor itself; only when that did not reach it, the worker does. */
function isCancelDue({ cancelRequestedAt }: RenderRow, at: Date): boolean {
  return cancelRequestedAt !== null && at.getTime() - cancelRequestedAt.getTime() > CANCEL_LIMIT_MS;
}

/** Drops a sent render at its vendor; true when it did, and then nothing is charged. False while it does not answer, too. */
export async function cancelAtVendor(deps: RenderDeps, { row, vendor, signal }: Polling): Promise<boolean> {
  if (!row.ticket) return false;
  const outcome = await vendor.cancel(row.ticket, signal).catch((error: unknown) => {
    deps.log.warn('a cancellation did not reach the vendor', { render: row.id, error });
    return 'too_late' as const;
  });
  if (outcome !== 'canceled') return false;
  // The poll of a worker may have seen it before.
  await finishRender(deps, row.id, { from: ['waiting'], state: 'canceled', error: null, settlement: { state: 'refunded' } });
  return true;
}

/** Undefined when the vendor has been silent for a day. */
async function askVendor(deps: RenderDeps, { row, vendor, signal }: Polling): Promise<RenderProgress | undefined> {
  try {
    return row.ticket ? await vendor.poll(row.ticket, signal) : undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    const failure = error instanceof AppError ? error : new AppError('provider_unavailable', { message: 'The vendor’s answer could not be read.' });
    if (deps.now().getTime() - (row.sentAt ?? row.createdAt).getTime() > WAITING_MAX_MS) {
      await markUnknown(deps, row);
      return undefined;
    }
    deps.log.warn('a vendor did not say how a render is going', { render: row.id, error });
    await changeRender(deps.db, row.id, { from: ['waiting', 'storing'], set: { error: saysOf(failure), attempts: 0, changedAt: deps.now() } });
    throw tryAgainIn(failure.retryAfterMs ?? AWAY_MS, failure);
  }
}

function shownOf(progress: Extract<RenderProgress, { kind: 'queued' | 'running' }>): NonNullable<RenderRow['progress']> {
  const { kind } = progress;
  return kind === 'queued' ? { kind, position: progress.position, percent: null } : { kind, position: null, percent: progress.percent };
}
