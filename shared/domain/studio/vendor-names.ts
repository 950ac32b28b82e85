import type { StudioVendor } from '#shared/vocabulary.ts';

/** The vendors of models as people know them. */
export const STUDIO_VENDOR_NAMES: Readonly<Record<StudioVendor, string>> = {
  local: 'Segue',
  gemini: 'Gemini',
  stability: 'Stability AI',
  fal: 'fal',
};
