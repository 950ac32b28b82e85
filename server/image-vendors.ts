import type { Deps } from './deps.ts';
import { createFal } from './providers/fal/create-fal.ts';
import { createFalPrices } from './providers/fal/fal-prices.ts';
import { createStability } from './providers/stability/create-stability.ts';
import { createGeminiImages } from './providers/gemini/gemini-images.ts';
import { createGeminiText } from './providers/gemini/gemini-text.ts';
import type { GeminiConfig } from './providers/gemini/gemini-client.ts';
import type { RenderVendor } from './providers/render-ports.ts';
import { VENDORS } from './providers/vendor-defaults.ts';
import type { Vendor } from './providers/vendor-defaults.ts';
import type { ReadyEnv } from '#server/runtime/ready-env.ts';

type ImageVendors = Pick<Deps, 'renderVendors' | 'priceLists' | 'textModel'> & {
  /** The vendors in use, without our own model. */
  readonly image: readonly Vendor[];
};

/** What all adapters of a vendor share: its budget, its breaker, the clock. */
type SharedLimits = (vendor: Vendor) => Pick<GeminiConfig, 'budget' | 'now' | 'resilience'>;

/** Creates the adapters of image and text models. A vendor without a key is not used; our own model always is. */
export function createImageVendors(env: ReadyEnv, localArt: RenderVendor, shared: SharedLimits): ImageVendors {
  const gemini = env.GEMINI_API_KEY === undefined ? undefined : { ...shared('gemini'), url: env.GEMINI_URL, apiKey: env.GEMINI_API_KEY };
  const stability =
    env.STABILITY_API_KEY === undefined ? undefined : { ...shared('stability'), url: env.STABILITY_URL, apiKey: env.STABILITY_API_KEY };
  const fal = env.FAL_KEY === undefined ? undefined : { ...shared('fal'), url: env.FAL_URL, apiKey: env.FAL_KEY };
  const used = {
    ...(gemini ? { gemini: createGeminiImages(gemini) } : {}),
    ...(stability ? { stability: createStability(stability) } : {}),
    ...(fal ? { fal: createFal(fal) } : {}),
  };
  return {
    renderVendors: { local: localArt, ...used },
    priceLists: fal ? { fal: createFalPrices(fal) } : {},
    textModel: gemini && createGeminiText({ ...gemini, model: env.GEMINI_TEXT_MODEL }),
    image: VENDORS.filter((vendor) => vendor in used),
  };
}
