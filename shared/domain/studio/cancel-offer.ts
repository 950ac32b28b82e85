import type { CancelOffer } from '#shared/contracts/studio/render-views.ts';
import type { RenderState } from '#shared/vocabulary.ts';
import type { Model } from './model.ts';

interface RenderToCancel {
  readonly state: RenderState;
  readonly vendorName: string;
  readonly estimateUsdMicros: number;
  /** Its vendor has started it. */
  readonly isRunning: boolean;
}

/** What canceling a render would do now; null when it is finished. Never promises that a sent request is free. */
export function cancelOffer({ state, vendorName, estimateUsdMicros, isRunning }: RenderToCancel, model: Model | undefined): CancelOffer | null {
  const file = model?.outputs.kind === 'video' ? 'video' : 'picture';
  switch (state) {
    case 'queued':
      return { costs: 'no', says: 'It was not sent yet. Canceling costs nothing.' };
    case 'sending':
    case 'waiting': {
      if (estimateUsdMicros === 0) return { costs: 'no', says: 'Canceling costs nothing.' };
      const canDrop = model?.cancel === 'running' || (model?.cancel === 'queued' && !isRunning && state === 'waiting');
      if (canDrop) return { costs: 'maybe', says: `${vendorName} charges nothing if it has not started yet. If it has, the ${file} is kept.` };
      return { costs: 'yes', says: `${vendorName} has the request and charges for it. The ${file} is kept when it arrives.` };
    }
    case 'storing':
      return { costs: 'yes', says: `The ${file} is made and paid. It is being stored.` };
    case 'done':
    case 'refused':
    case 'failed':
    case 'canceled':
    case 'unknown':
    default:
      return null;
  }
}
