import { INPUT_IDS } from '#shared/domain/studio/model.ts';
import { MODELS } from '#shared/domain/studio/models/index.ts';
import type { StudioVendor } from '#shared/vocabulary.ts';

/** Our word for a field that a vendor names in an error; undefined for a field that no input fills. An endpoint may be given without its last parts. */
export function inputOfWire(vendor: StudioVendor, endpoint: string, wire: string | undefined): string | undefined {
  const models = MODELS.filter((model) => model.vendor === vendor && (model.endpoint === endpoint || model.endpoint.startsWith(`${endpoint}/`)));
  return INPUT_IDS.find((id) => models.some((model) => model.inputs[id]?.wire === wire));
}
