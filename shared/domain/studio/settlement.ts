import type { RenderRefusal } from '#shared/vocabulary.ts';
import type { Model } from './model.ts';

/** How the cost of a render ends. */
export type Settlement = { readonly state: 'charged'; readonly usdMicros: number } | { readonly state: 'refunded' } | { readonly state: 'unknown' };

/** Whether an answer is charged. */
type Charged = 'no' | 'maybe' | 'yes';

/** The settlement of a render with this estimate: a charge is the estimate, or what the vendor's own count of the request makes of it. A free render never stays unknown. */
export function settlementOf(charged: Charged, estimateUsdMicros: number): Settlement {
  if (charged === 'yes' || (charged === 'maybe' && estimateUsdMicros === 0)) return { state: 'charged', usdMicros: estimateUsdMicros };
  return { state: charged === 'no' ? 'refunded' : 'unknown' };
}

/** Whether a refusal is charged: what the answer itself says, and where that is open, what the registry knows of the model. */
export function refusalCharge({ reason, charged }: { readonly reason: RenderRefusal; readonly charged: Charged }, model: Model | undefined): Charged {
  if (charged !== 'maybe' || !model) return charged;
  if (reason === 'invalid' || reason === 'input_unavailable') return model.price.chargedWhen.invalid;
  return reason === 'content' || reason === 'nothing_made' ? model.price.chargedWhen.refused : charged;
}
