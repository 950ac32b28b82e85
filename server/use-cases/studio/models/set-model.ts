import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { saveModelDefaults, saveModelRow } from '#server/repos/studio/models.ts';
import { endUnsentRenders } from '#server/use-cases/studio/renders/end-unsent-renders.ts';
import type { ModelChanged, SetModelInput } from '#shared/contracts/studio/model-settings.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { AppError } from '#shared/errors.ts';
import { listModelSettings } from './list-model-settings.ts';

type SetDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'models' | 'renderVendors'>;

/**
 * Turns a model on or off, and sets who may use it, its price and the tasks it is chosen first for. Turning it off ends its renders that were not sent yet, at
 * no cost; what its vendor has is finished. Throws `invalid_input` for a model that is not in the registry and for a task that it does not do.
 */
export async function setModel(deps: SetDeps, actor: Actor, { model: id, defaultFor, ...given }: SetModelInput): Promise<ModelChanged> {
  requireAdmin(actor);
  const model = requireModel(id, deps.models);
  const foreign = defaultFor?.find((task) => !model.tasks.includes(task));
  if (foreign !== undefined)
    throw new AppError('invalid_input', { message: `${model.label} does not do this task.`, field: 'defaultFor', remedy: 'Choose one of its own.' });
  const [at, by] = [deps.now(), actorName(actor)];
  const { priceUsdMicros, ...rest } = given;
  const price = priceUsdMicros === undefined ? {} : { priceUsdMicros, priceSetAt: priceUsdMicros === null ? null : at };
  const set = { ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)), ...price };
  await deps.db.transaction(async (tx) => {
    await saveModelRow(tx, id, { set, at, by });
    if (defaultFor) await saveModelDefaults(tx, id, { tasks: defaultFor, at, by });
    const detail = JSON.stringify({ ...given, defaultFor });
    await insertAuditEntry(tx, { id: deps.newId(), at, actor: by, action: 'model.set', subject: id, detail });
  });
  const ended = given.isOn === false ? await endUnsentRenders(deps, model) : 0;
  const settings = (await listModelSettings(deps, actor)).find((each) => each.id === id);
  if (!settings) throw new Error('A model of the registry has no settings.');
  return { settings, ended };
}
