import type { RenderProgress } from '#server/providers/render-ports.ts';
import { findUser } from '#server/repos/auth/users.ts';
import { findModelRow } from '#server/repos/studio/models.ts';
import { changeRender, findRender } from '#server/repos/studio/renders.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import { costWithTokens } from '#shared/domain/studio/estimate.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { refusalCharge, settlementOf } from '#shared/domain/studio/settlement.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import type { RenderId } from '#shared/ids.ts';
import { enqueueRender } from './admit-renders.ts';
import { endingOfTurnedOff } from './end-unsent-renders.ts';
import { failRender } from './fail-render.ts';
import { finishRender, SUSPENDED_ENDING } from './finish-render.ts';
import { pollRender } from './poll-render.ts';
import type { RenderDeps } from './render-deps.ts';
import { saysOf } from './render-errors.ts';
import { markUnknown, sendRender, vendorMissing } from './send-render.ts';
import { failPaid, showResult, storeResult } from './store-result.ts';

/** Runs in a row that ended in a crash; after these a render is taken for the cause. */
const CRASHES_MAX = 24;

interface Run {
  readonly renderId: RenderId;
  readonly signal: AbortSignal;
}

/**
 * Brings an admitted render forward from where it is, as far as it goes. The row alone decides, so that a second run after a crash continues:
 *
 * queued → send · sending → unknown, because a former run may have sent it · waiting → poll the ticket · storing → store, or fetch again by ticket.
 *
 * Throws what the queue is to try again; ends the render otherwise.
 */
export async function runRender(deps: RenderDeps, { renderId, signal }: Run): Promise<void> {
  const row = await findRender(deps.db, renderId);
  if (!row || row.finishedAt !== null || row.admittedAt === null) return;
  deps.faultPoint('render.after_admit');
  if (row.attempts >= CRASHES_MAX) return failRender(deps, renderId, 'Its worker crashed on every attempt. Tell the operator.');
  const counted = await changeRender(deps.db, renderId, { from: [row.state], set: { attempts: row.attempts + 1, changedAt: deps.now() } });
  if (!counted) return;
  if (row.state === 'queued') await startRender(deps, row, signal);
  else if (row.state === 'sending') await markUnknown(deps, row);
  else if (row.state === 'storing') await resumeStoring(deps, row, signal);
  else await followTicket(deps, row, signal);
}

async function startRender(deps: RenderDeps, row: RenderRow, signal: AbortSignal): Promise<void> {
  // One that its vendor did not take waits again after its owner was suspended.
  if (await isSuspended(deps, row)) {
    await finishRender(deps, row.id, SUSPENDED_ENDING);
    return;
  }
  const model = deps.models.find((each) => each.id === row.model);
  const vendor = deps.renderVendors[row.vendor];
  if (!model || !vendor) {
    const error = saysOf(vendorMissing(row));
    await finishRender(deps, row.id, { from: ['queued'], state: 'failed', error, settlement: { state: 'refunded' } });
    return;
  }
  const settings = await findModelRow(deps.db, row.model);
  if (settings && !settings.isOn) {
    await finishRender(deps, row.id, endingOfTurnedOff(model));
    return;
  }
  const answer = await sendRender(deps, { row, model, vendor, signal });
  if (answer === undefined) return;
  const at = deps.now();
  if ('kind' in answer) {
    const sent = await changeRender(deps.db, row.id, { from: ['sending', 'unknown'], set: { sentAt: at, changedAt: at } });
    if (sent) await takeProgress(deps, sent, answer);
    return;
  }
  const set = { state: 'waiting', ticket: answer, sentAt: at, finishedAt: null, changedAt: at } as const;
  const waiting = await changeRender(deps.db, row.id, { from: ['sending', 'unknown'], set });
  deps.faultPoint('render.after_ticket');
  if (waiting) await followTicket(deps, waiting, signal);
}

async function isSuspended({ db }: Pick<RenderDeps, 'db'>, { userId }: RenderRow): Promise<boolean> {
  const owner = userId === null ? undefined : await findUser(db, userId);
  return owner !== undefined && owner.suspendedAt !== null;
}

async function followTicket(deps: RenderDeps, row: RenderRow, signal: AbortSignal): Promise<void> {
  const vendor = deps.renderVendors[row.vendor];
  if (!vendor) throw vendorMissing(row);
  const progress = await pollRender(deps, { row, vendor, signal });
  // Another worker goes on at once: the ticket is stored.
  if (progress === 'stopped') await enqueueRender(deps.db, row.id);
  else if (progress) await takeProgress(deps, (await findRender(deps.db, row.id)) ?? row, progress);
}

/** A former run stored the files, or a full disk kept it from doing so. */
async function resumeStoring(deps: RenderDeps, row: RenderRow, signal: AbortSignal): Promise<void> {
  if (row.result !== null) return showResult(deps, row);
  if (row.ticket !== null) return followTicket(deps, row, signal);
  await failPaid(deps, row, `The picture was made and paid, but the worker ended before it was stored. Retry it if you want another one.`);
}

async function takeProgress(deps: RenderDeps, row: RenderRow, progress: RenderProgress): Promise<void> {
  const model = deps.models.find((each) => each.id === row.model);
  const name = STUDIO_VENDOR_NAMES[row.vendor];
  if (progress.kind === 'done' && progress.files.length > 0)
    return storeResult(deps, { row: withCharge(row, model, progress.sentTokens), model, files: progress.files });
  if (progress.kind === 'queued' || progress.kind === 'running') throw new Error(`${name} answered without a ticket and without a result.`);
  const refused =
    progress.kind === 'refused' ? progress : ({ reason: 'nothing_made', charged: 'maybe', message: `${name} answered without a picture.` } as const);
  const { reason, message } = refused;
  const from = ['sending', 'waiting', 'storing'] as const;
  // An answer with files was charged when it came, whatever is said afterwards.
  const charged = row.state === 'storing' ? 'yes' : refusalCharge(refused, model);
  const settlement = settlementOf(charged, row.chargeUsdMicros ?? row.estimateUsdMicros);
  if (reason === 'canceled') await finishRender(deps, row.id, { from, state: 'canceled', error: null, settlement });
  else if (reason === 'expired' || reason === 'failed') await finishRender(deps, row.id, { from, state: 'failed', error: message, settlement });
  else await finishRender(deps, row.id, { from, state: 'refused', refusal: reason, error: message, settlement });
}

/** The row with what the answer costs, where the vendor says more than the estimate knew. */
function withCharge(row: RenderRow, model: Model | undefined, tokens: number | undefined): RenderRow {
  if (!model?.price.sent || tokens === undefined) return row;
  return { ...row, chargeUsdMicros: costWithTokens(model, row.values, { estimateUsdMicros: row.estimateUsdMicros, tokens }) };
}
