import type { InputFile, RenderRequest } from '#server/providers/render-ports.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import { findLoraPaths } from '#server/use-cases/studio/loras/lora-paths.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { wireFor } from '#shared/domain/studio/wire-for.ts';
import { AppError } from '#shared/errors.ts';
import type { RenderDeps } from './render-deps.ts';

/** The request of a stored render in the vendor's fields, with its pictures. Throws `not_found` for a picture or a LoRA that is gone. */
export async function renderRequestOf(deps: Pick<RenderDeps, 'db' | 'assets'>, row: RenderRow, model: Model): Promise<RenderRequest> {
  const loraPaths = await findLoraPaths(deps, model, row.values);
  const { endpoint, body, files } = wireFor(model, row.values, { task: row.task, loraPaths });
  const inputs: InputFile[] = [];
  for (const { field, assetId } of files) {
    const facts = row.inputFiles[assetId];
    const bytes = facts && (await deps.assets.read(facts.sha256));
    if (!bytes)
      throw new AppError('not_found', { message: 'A picture that the render starts from is missing.', remedy: 'Upload it again.', field: 'image' });
    inputs.push({ field, bytes, mediaType: facts.mediaType });
  }
  return { renderId: row.id, endpoint, body, files: inputs };
}
