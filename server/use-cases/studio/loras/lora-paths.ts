import type { Deps } from '#server/deps.ts';
import { findLoraRows } from '#server/repos/studio/loras.ts';
import type { LoraRow } from '#server/repos/studio/loras.ts';
import { requireLoraBase } from '#shared/domain/studio/loras/lora-bases.ts';
import { readLoraLink } from '#shared/domain/studio/loras/lora-link.ts';
import type { Model, ModelValues } from '#shared/domain/studio/model.ts';
import { AppError } from '#shared/errors.ts';
import { loraId } from '#shared/ids.ts';
import { offeredLora } from './list-offered-loras.ts';
import { loraMissing } from './change-lora.ts';

/**
 * Where the vendor downloads each LoRA that valid values name, by its id. Call it when a render is requested and again right before it is sent: the
 * link is checked each time. Throws `not_found`, `conflict` for one that is switched off or has no link, `invalid_input` for one of another base model.
 */
export async function findLoraPaths(deps: Pick<Deps, 'db'>, model: Model, values: ModelValues): Promise<ReadonlyMap<string, string>> {
  const chosen = (values.loras ?? []) as readonly { readonly loraId: string }[];
  const rows = await findLoraRows(
    deps.db,
    chosen.map((each) => loraId.parse(each.loraId)),
  );
  return new Map(
    chosen.map((each) => {
      const row = rows.find(({ id }) => id === each.loraId);
      const lora = row && offeredLora(row);
      if (!lora) throw loraMissing('loras');
      if (!row.active)
        throw new AppError('conflict', { message: `The LoRA “${lora.name}” is switched off.`, field: 'loras', remedy: 'Choose another LoRA.' });
      requireLoraBase(model, lora);
      return [each.loraId, linkOf(row)];
    }),
  );
}

function linkOf({ name, sourceUrl }: LoraRow): string {
  if (sourceUrl !== null) return readLoraLink(sourceUrl);
  throw new AppError('conflict', {
    message: `The LoRA “${name}” is a local file, which is not sent to vendors yet.`,
    field: 'loras',
    remedy: 'Choose a LoRA with a link.',
  });
}
