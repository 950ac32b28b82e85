import type { Actor } from '#server/actor.ts';
import { actorName } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { takeTransactionLock } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { hasLoraName, insertLora } from '#server/repos/studio/loras.ts';
import type { LoraRow } from '#server/repos/studio/loras.ts';
import { AppError } from '#shared/errors.ts';
import { loraId } from '#shared/ids.ts';
import type { LoraId } from '#shared/ids.ts';

type NewLora = Pick<LoraRow, 'name' | 'base' | 'triggers' | 'defaultWeight'> &
  Partial<Pick<LoraRow, 'sourceUrl' | 'fileSha256' | 'header' | 'checkedAt'>>;

/** Stores a new LoRA, active. Throws `conflict` when the name is taken. */
export async function storeLora(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, lora: NewLora): Promise<{ readonly id: string }> {
  const id = loraId.parse(deps.newId());
  await deps.db.transaction(async (tx) => {
    await requireLoraName(tx, lora.name, id);
    await insertLora(tx, { ...lora, id, triggers: [...new Set(lora.triggers)], createdAt: deps.now(), createdBy: actorName(actor) });
  });
  return { id };
}

/** Call in a transaction: until its end nobody else can take the name. Throws `conflict` when another LoRA has it. */
export async function requireLoraName(tx: Db, name: string, id: LoraId): Promise<void> {
  await takeTransactionLock(tx, 'lora names');
  if (await hasLoraName(tx, name, id))
    throw new AppError('conflict', { message: `There is already a LoRA called “${name}”.`, field: 'name', remedy: 'Choose another name.' });
}
