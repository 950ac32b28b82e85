import { findRender } from '#server/repos/studio/renders.ts';
import type { RenderId } from '#shared/ids.ts';
import { finishRender } from './finish-render.ts';
import type { RenderDeps } from './render-deps.ts';
import { markUnknown } from './send-render.ts';
import { failPaid } from './store-result.ts';

/** Ends a render whose job will not be tried again, with the reason. What was not sent is given back; what was sent stays unknown; what was answered is paid. */
export async function failRender(deps: RenderDeps, id: RenderId, reason: string): Promise<void> {
  const row = await findRender(deps.db, id);
  if (!row || row.finishedAt !== null) return;
  if (row.state === 'queued') await finishRender(deps, id, { from: ['queued'], state: 'failed', error: reason, settlement: { state: 'refunded' } });
  else if (row.state === 'storing') await failPaid(deps, row, reason);
  else await markUnknown(deps, row);
}
