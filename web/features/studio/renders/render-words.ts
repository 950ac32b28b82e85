import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { OPEN_RENDER_STATES } from '#shared/vocabulary.ts';
import type { RenderState } from '#shared/vocabulary.ts';
import type { Tone } from '#web/ui/feedback/status-text.tsx';
import { price } from '../money.ts';

/** The state of a render as a word, and its tone. */
export const RENDER_STATE_LABELS: Readonly<Record<RenderState, { readonly text: string; readonly tone: Tone }>> = {
  queued: { text: 'Queued', tone: 'quiet' },
  sending: { text: 'Running', tone: 'live' },
  waiting: { text: 'Running', tone: 'live' },
  storing: { text: 'Storing', tone: 'live' },
  done: { text: 'Done', tone: 'good' },
  refused: { text: 'Refused', tone: 'bad' },
  failed: { text: 'Failed', tone: 'bad' },
  canceled: { text: 'Canceled', tone: 'quiet' },
  unknown: { text: 'Unknown', tone: 'soon' },
};

/** Whether a render is still being worked on. */
export const isOpenRender = ({ state }: Pick<RenderView, 'state'>) => (OPEN_RENDER_STATES as readonly RenderState[]).includes(state);

/** What a render costs: the estimate while it runs, then what was charged, and the estimate when it was not met. Unknown is never zero. */
export function describeCost({
  cost,
  estimateUsdMicros,
  chargeUsdMicros,
}: Pick<RenderView, 'cost' | 'estimateUsdMicros' | 'chargeUsdMicros'>): string {
  if (cost === 'reserved') return estimateUsdMicros === 0 ? 'Free' : `Estimate ${price(estimateUsdMicros)}`;
  if (cost === 'refunded') return 'Not charged';
  if (cost === 'unknown' || chargeUsdMicros === null) return `Cost unknown, at most ${price(estimateUsdMicros)}`;
  if (isAsEstimated({ estimateUsdMicros, chargeUsdMicros })) return chargeUsdMicros === 0 ? 'Free' : `${price(chargeUsdMicros)}, as estimated`;
  return `${price(chargeUsdMicros)}, estimate was ${price(estimateUsdMicros)}`;
}

/** Whether the charge reads as the estimate did; vendors that count tokens differ by less than is shown. */
export function isAsEstimated({ estimateUsdMicros, chargeUsdMicros }: Pick<RenderView, 'estimateUsdMicros' | 'chargeUsdMicros'>): boolean {
  return chargeUsdMicros !== null && price(chargeUsdMicros) === price(estimateUsdMicros);
}
