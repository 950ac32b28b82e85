import type { RenderProgress, RenderRequest, RenderTicket, RenderVendor } from '#server/providers/render-ports.ts';
import { changeRender } from '#server/repos/studio/renders.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import { DAY_MS, MINUTE_MS } from '#shared/domain/calendar.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { refusalCharge, settlementOf } from '#shared/domain/studio/settlement.ts';
import { resendWaitMs } from '#shared/domain/studio/resend-wait.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { AppError } from '#shared/errors.ts';
import { enqueueRender } from './admit-renders.ts';
import { finishRender } from './finish-render.ts';
import type { RenderDeps } from './render-deps.ts';
import { resendLater, saysOf, sendFailureOf } from './render-errors.ts';
import { renderRequestOf } from './render-request.ts';

/** The longest wait for a place in the request budget and for the answer after it. */
const SEND_LIMIT_MS = 10 * MINUTE_MS;
/** A disk with less room than this may not hold the answer, so nothing is sent: it would be paid and lost. */
const ROOM_BYTES = { image: 64 * 1024 * 1024, video: 160 * 1024 * 1024 } as const;
/** After this time a render that could never be sent fails, and its cost is given back. */
const TRIED_MAX_MS = DAY_MS;

interface Sending {
  readonly row: RenderRow;
  readonly model: Model;
  readonly vendor: RenderVendor;
  readonly signal: AbortSignal;
}

/** Thrown to the vendor's adapter when the render was canceled before its turn. */
class RenderGone extends Error {}

/**
 * Sends the request of a queued render once. The intent is committed when the adapter has its place in the vendor's request budget, right before the bytes
 * leave: until then the render can be canceled for nothing, and a crash costs nothing. From then on the request is never sent again unless the vendor says
 * that it was not taken. Undefined when the render ended here: canceled, refused or unknown. Throws when it is to be sent later.
 */
export async function sendRender(deps: RenderDeps, { row, model, vendor, signal }: Sending): Promise<RenderTicket | RenderProgress | undefined> {
  const request = await requestOf(deps, row, model);
  if (!request) return undefined;
  let isIntended = false;
  const intend = async () => {
    // A request that failed for certain is sent again under the same intent.
    if (isIntended) return;
    deps.faultPoint('render.before_intent');
    const at = deps.now();
    const intended = await changeRender(deps.db, row.id, { from: ['queued'], set: { state: 'sending', intendedAt: at, error: null, changedAt: at } });
    if (!intended) throw new RenderGone();
    isIntended = true;
    deps.faultPoint('render.after_intent');
  };
  // A worker that stops must not cut off a request that may be paid already; before the intent it may.
  const waiting = new AbortController();
  const stopWaiting = () => {
    if (!isIntended) waiting.abort(signal.reason);
  };
  signal.addEventListener('abort', stopWaiting);
  try {
    await deps.assets.requireRoom(ROOM_BYTES[model.outputs.kind]);
    signal.throwIfAborted();
    const answer = await vendor.start({ ...request, beforeSend: intend }, AbortSignal.any([waiting.signal, AbortSignal.timeout(SEND_LIMIT_MS)]));
    deps.faultPoint('render.after_answer');
    // A refusal before anything was sent has not announced itself.
    await intend();
    return answer;
  } catch (error) {
    if (error instanceof RenderGone || !(await isStillOpen(deps, row, isIntended))) return undefined;
    if (signal.aborted && !isIntended) await enqueueRender(deps.db, row.id);
    else await afterFailure(deps, { row, model, isIntended }, error);
    return undefined;
  } finally {
    signal.removeEventListener('abort', stopWaiting);
  }
}

/** Undefined when the render failed, because a picture or a LoRA that it needs is gone. */
async function requestOf(deps: RenderDeps, row: RenderRow, model: Model): Promise<RenderRequest | undefined> {
  try {
    return await renderRequestOf(deps, row, model);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await finishRender(deps, row.id, { from: ['queued'], state: 'failed', error: saysOf(error), settlement: { state: 'refunded' } });
    return undefined;
  }
}

/** An adapter may wrap what `beforeSend` throws; the row tells. */
async function isStillOpen(deps: RenderDeps, row: RenderRow, isIntended: boolean): Promise<boolean> {
  if (isIntended) return true;
  return (await changeRender(deps.db, row.id, { from: ['queued'], set: { changedAt: deps.now() } })) !== undefined;
}

/** Ends the render, or throws so that the queue tries again. */
async function afterFailure(deps: RenderDeps, { row, model, isIntended }: Pick<Sending, 'row' | 'model'> & { isIntended: boolean }, error: unknown) {
  const failure = sendFailureOf(error);
  if (failure.kind === 'unknown') {
    // Without an intent nothing was sent, whatever failed.
    if (!isIntended) throw error;
    deps.log.warn('the answer to a render was lost', { render: row.id, error });
    await markUnknown(deps, row);
    return;
  }
  if (failure.kind === 'rejected') {
    const charged = isIntended ? refusalCharge({ reason: 'invalid', charged: 'maybe' }, model) : 'no';
    const ending = { from: ['queued', 'sending'], state: 'failed', error: saysOf(failure.error) } as const;
    await finishRender(deps, row.id, { ...ending, settlement: settlementOf(charged, row.estimateUsdMicros) });
    return;
  }
  const at = deps.now();
  const ageMs = at.getTime() - row.createdAt.getTime();
  if (ageMs > TRIED_MAX_MS) {
    const message = `${STUDIO_VENDOR_NAMES[row.vendor]} did not take the request for a day. Nothing was charged. Try again, or choose another model.`;
    await finishRender(deps, row.id, { from: ['queued', 'sending'], state: 'failed', error: message, settlement: { state: 'refunded' } });
    return;
  }
  const later = resendLater(failure.error, { at, waitMs: resendWaitMs(ageMs, failure.error.retryAfterMs) });
  const set = { state: 'queued', intendedAt: null, error: saysOf(later), attempts: 0, changedAt: at } as const;
  await changeRender(deps.db, row.id, { from: ['queued', 'sending'], set });
  throw later;
}

/** Ends a render whose request was sent, or may have been, and whose answer was lost. It is never sent again. */
export async function markUnknown(deps: RenderDeps, row: RenderRow): Promise<void> {
  const name = STUDIO_VENDOR_NAMES[row.vendor];
  await finishRender(deps, row.id, {
    from: ['sending', 'waiting'],
    state: 'unknown',
    error: `The answer of ${name} was lost, so it is not known whether a picture was made and charged. Segue does not send the request again. Retry it if you want another one.`,
    settlement: settlementOf('maybe', row.estimateUsdMicros),
  });
}

/** A render whose vendor or model is gone: nothing was sent. */
export function vendorMissing(row: RenderRow): AppError {
  return new AppError('invalid_input', {
    message: `${STUDIO_VENDOR_NAMES[row.vendor]} or the model ${row.model} is not available any more.`,
    remedy: 'Choose another model.',
    field: 'model',
  });
}
