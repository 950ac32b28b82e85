import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { LORA_BYTES_MAX } from '#shared/domain/studio/loras/upload-sizes.ts';
import type { LoraPartInput, LoraUploadState } from '#shared/contracts/studio/lora-upload.ts';
import { AppError } from '#shared/errors.ts';

/** Stores a part of a LoRA file in the folder of LoRA files. Throws `too_large` before anything is stored, and as `LoraFiles.receive`. */
export async function receiveLoraPart(
  deps: Pick<Deps, 'loraFiles'>,
  actor: Actor,
  { fileName, fileBytes, offset, bytes }: LoraPartInput & { readonly bytes: Uint8Array },
): Promise<LoraUploadState> {
  requireAdmin(actor);
  if (fileBytes > LORA_BYTES_MAX) {
    throw new AppError('too_large', {
      message: `The file is larger than ${LORA_BYTES_MAX / 1024 ** 3} GB.`,
      remedy: 'Use a LoRA of lower rank, or add it by its link.',
      field: 'file',
    });
  }
  return { fileName, ...(await deps.loraFiles.receive({ fileName, fileBytes, offset, bytes })) };
}
