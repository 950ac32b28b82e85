import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markLora } from '#server/repos/studio/loras.ts';
import type { ChangeLoraInput } from '#shared/contracts/studio/loras.ts';
import { AppError } from '#shared/errors.ts';
import { requireLoraName } from './store-lora.ts';

/** Changes what is given. Renders that were requested before keep their own weights. Throws `not_found`, and `conflict` for a name that is taken. */
export async function changeLora(deps: Pick<Deps, 'db'>, actor: Actor, { id, ...given }: ChangeLoraInput): Promise<{ readonly changed: true }> {
  requireAdmin(actor);
  const columns = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (Object.keys(columns).length === 0)
    throw new AppError('invalid_input', { message: 'Nothing is to be changed.', remedy: 'Give a name, triggers, a weight, or active.' });
  await deps.db.transaction(async (tx) => {
    if (given.name !== undefined) await requireLoraName(tx, given.name, id);
    if (!(await markLora(tx, id, columns))) throw loraMissing();
  });
  return { changed: true };
}

export function loraMissing(field?: string): AppError {
  return new AppError('not_found', { message: 'This LoRA does not exist.', remedy: 'Reload the list and choose another one.', field });
}
