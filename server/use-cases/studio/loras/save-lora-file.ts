import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { SaveLoraFileInput } from '#shared/contracts/studio/loras.ts';
import { LORA_BASE_NAMES } from '#shared/domain/studio/loras/lora-bases.ts';
import { loraFacts } from '#shared/domain/studio/loras/lora-facts.ts';
import type { LoraFacts } from '#shared/domain/studio/loras/lora-facts.ts';
import type { LoraBase } from '#shared/domain/studio/model.ts';
import { AppError } from '#shared/errors.ts';
import { storeLora } from './store-lora.ts';

/** Adds a LoRA from a file in the folder of LoRA files, with the digest of its content. Throws `not_found`, `invalid_input` for the file or its base, and `conflict` for the name. */
export async function saveLoraFile(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'loraFiles'>,
  actor: Actor,
  { fileName, base: given, ...lora }: SaveLoraFileInput,
): Promise<{ readonly id: string }> {
  requireAdmin(actor);
  const { header, bytes } = await deps.loraFiles.readHeader(fileName);
  const facts = loraFacts(header);
  const base = requireBase(facts, given);
  const fileSha256 = await deps.loraFiles.digest(fileName);
  const stored = { fileName, bytes, tensors: header.tensors.length, baseName: facts.baseName };
  return storeLora(deps, actor, { ...lora, base, fileSha256, header: stored, checkedAt: deps.now() });
}

/** The file decides; the operator is asked only when it does not show its base. */
function requireBase(facts: LoraFacts, given: LoraBase | undefined): LoraBase {
  if (facts.base === null && facts.baseName !== null)
    throw wrongBase(`The file is made for ${facts.baseName}, which no model here uses.`, 'Use a LoRA for one of the models of this installation.');
  if (facts.base !== null && given !== undefined && given !== facts.base)
    throw wrongBase(`The file is made for ${LORA_BASE_NAMES[facts.base]}, not for ${LORA_BASE_NAMES[given]}.`, 'Leave the base model to the file.');
  const base = facts.base ?? given;
  if (base === undefined) throw wrongBase('The file does not show its base model.', 'Choose the base model that its author names.');
  return base;
}

function wrongBase(message: string, remedy: string): AppError {
  return new AppError('invalid_input', { message, remedy, field: 'base' });
}
