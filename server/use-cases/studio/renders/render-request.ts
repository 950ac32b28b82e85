import type { InputFile, RenderRequest } from '#server/providers/render-ports.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import { findLoraPaths } from '#server/use-cases/studio/loras/lora-paths.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { wireFor } from '#shared/domain/studio/wire-for.ts';
import { AppError } from '#shared/errors.ts';
import type { RenderDeps } from './render-deps.ts';

/** The request of a stored render in the vendor's fields, with its pictures made as small as the model asks. A mask has the size of its picture. Throws `not_found` for a picture or a LoRA that is gone. */
export async function renderRequestOf(deps: Pick<RenderDeps, 'db' | 'assets' | 'coverFiles'>, row: RenderRow, model: Model): Promise<RenderRequest> {
  const loraPaths = await findLoraPaths(deps, model, row.values);
  const { endpoint, body, files } = wireFor(model, row.values, { task: row.task, loraPaths });
  const inputs: InputFile[] = [];
  const limits = limitsOf(model);
  let size: { readonly width: number; readonly height: number } | undefined;
  for (const { field, assetId } of files) {
    const facts = row.inputFiles[assetId];
    const bytes = facts && (await deps.assets.read(facts.sha256));
    if (!bytes)
      throw new AppError('not_found', { message: 'A picture that the render starts from is missing.', remedy: 'Upload it again.', field: 'image' });
    if (!limits || !facts.mediaType.startsWith('image/')) {
      inputs.push({ field, bytes, mediaType: facts.mediaType });
      continue;
    }
    // The picture comes before its mask in the order of inputs.
    const fitted = await deps.coverFiles.shrinkImage(bytes, { ...limits, size: row.values['mask'] === assetId ? size : undefined });
    size = { width: fitted.width, height: fitted.height };
    inputs.push({ field, bytes: fitted.bytes, mediaType: fitted.mediaType });
  }
  return { renderId: row.id, endpoint, body, files: inputs };
}

function limitsOf({ inputs: { image } }: Model): { readonly pixelsMax: number; readonly bytesMax: number } | undefined {
  return image?.kind === 'image' ? { pixelsMax: image.maxPixels, bytesMax: image.maxBytes } : undefined;
}
