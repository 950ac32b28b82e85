import type { Deps } from '#server/deps.ts';
import { listUnsentOfModel } from '#server/repos/studio/models.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { finishRender } from './finish-render.ts';
import type { RenderEnding } from './finish-render.ts';

/** How a render ends whose model was turned off before it was sent. */
export function endingOfTurnedOff({ label }: Model): RenderEnding {
  const error = `The operator turned ${label} off before this was sent. Nothing is charged. Choose another model.`;
  return { from: ['queued'], state: 'failed', error, settlement: { state: 'refunded' } };
}

/** Ends the renders of a model that were not sent yet, and returns how many. One that is being sent at this moment goes on. */
export async function endUnsentRenders(deps: Pick<Deps, 'db' | 'now'>, model: Model): Promise<number> {
  let ended = 0;
  for (const id of await listUnsentOfModel(deps.db, model.id)) if (await finishRender(deps, id, endingOfTurnedOff(model))) ended += 1;
  return ended;
}
